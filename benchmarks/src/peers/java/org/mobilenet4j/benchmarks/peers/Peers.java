package org.mobilenet4j.benchmarks.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// The command `benchmarks/peers`. Exit codes: 0 for success, 1 if an engine failed or computed something else, 2
/// for an invalid command line.
@Command(
        name = "peers",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description =
                "Measures MobileNet v1 on mobilenet4j and other engines, with the same weights and images, each in its"
                        + " own process, taking turns.")
final class Peers implements Callable<Integer> {
    private static final int HELP_WIDTH = 110;
    private static final int CLASSES = 1000;
    private static final long SEED = 1704_04861;

    /// For libraries that unpack native code; set by the script.
    private static final String CACHE = "mobilenet4j.peers.cache";

    private enum Format {
        TEXT,
        JSON
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--alpha", paramLabel = "A", description = "Width multiplier (default: ${DEFAULT-VALUE}).")
    private double alpha = 1.0;

    @Option(names = "--resolution", paramLabel = "N", description = "Side of an image (default: ${DEFAULT-VALUE}).")
    private int resolution = 224;

    @Option(names = "--train", description = "Measures training steps instead of inference.")
    private boolean isTraining;

    @Option(
            names = "--quantized",
            paramLabel = "FILE.tflite",
            description = "Measures this quantized network, in integer and in float arithmetic.")
    private @Nullable Path quantized;

    @Option(
            names = "--onnx",
            paramLabel = "FILE.onnx",
            description =
                    "The same network for ONNX Runtime, as written by ./mobilenet convert (default: the file of that"
                            + " name beside it).")
    private @Nullable Path onnx;

    @Option(names = "--untuned", description = "Runs PyTorch with the C library's default memory settings.")
    private boolean isUntuned;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of each engine (default: ${DEFAULT-VALUE}).")
    private int threads = 1;

    @Option(names = "--batch", paramLabel = "N", description = "Images per run (default: ${DEFAULT-VALUE}).")
    private int batch = 1;

    @Option(names = "--rounds", paramLabel = "N", description = "Number of rounds (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(
            names = "--engines",
            paramLabel = "NAME",
            split = ",",
            converter = PeerConverter.class,
            description = "Engines to measure (default: all that support the task).")
    private @Nullable List<Peer> engines;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            converter = FormatConverter.class,
            description = "Output format (default: text).")
    private Format format = Format.TEXT;

    @Option(
            names = "--out",
            paramLabel = "FILE.json",
            description = "Also writes the JSON to this file, and the text with the machine's description beside it.")
    private @Nullable Path out;

    private Peers() {}

    public static void main(String[] args) {
        var commandLine = new CommandLine(new Peers()).setUsageHelpWidth(HELP_WIDTH);
        commandLine.setParameterExceptionHandler((problem, arguments) -> {
            commandLine.getErr().println("peers: " + problem.getMessage() + "; see benchmarks/peers --help");
            return CommandLine.ExitCode.USAGE;
        });
        commandLine.setExecutionExceptionHandler((problem, command, arguments) -> {
            commandLine.getErr().println("peers: " + problem.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        System.exit(commandLine.execute(args));
    }

    @Override
    public Integer call() throws IOException {
        checkOptions();
        var folder = out == null ? null : out.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        var machine = TestMachine.ours();
        var peers = peers();
        var comparison = switch (task()) {
            case TRAINING -> compareTraining(peers);
            case QUANTIZED -> compareQuantized(peers);
            case INFERENCE -> compare(peers);
        };
        var json = PeerResult.json(comparison.results());
        var text = heading(machine) + "\n" + PeerTable.of(comparison);
        if (out != null) {
            Files.writeString(out, json);
            Files.writeString(out.resolveSibling(textName(out)), text);
        }
        spec.commandLine().getOut().print(format == Format.JSON ? json : text);
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    private void checkOptions() {
        for (int value : new int[] {threads, batch, rounds}) {
            if (value < 1) {
                throw usage("--threads, --batch and --rounds must be positive, not " + value);
            }
        }
        int processors = Runtime.getRuntime().availableProcessors();
        if (threads > processors) {
            throw usage("--threads " + threads + " is more than this machine's " + processors + " processors");
        }
        if (quantized != null && (isTraining || batch != 1)) {
            throw usage("--quantized measures inference of single images; leave out --train and --batch");
        }
        if (onnx != null && quantized == null) {
            throw usage("--onnx needs --quantized");
        }
        if (out != null && !out.toString().endsWith(".json")) {
            throw usage("--out must name a .json file, not " + out);
        }
    }

    private Task task() {
        if (isTraining) {
            return Task.TRAINING;
        }
        return quantized == null ? Task.INFERENCE : Task.QUANTIZED;
    }

    private List<Peer> peers() {
        var able =
                Arrays.stream(Peer.values()).filter(peer -> peer.does(task())).toList();
        if (engines == null) {
            return able;
        }
        for (var peer : engines) {
            if (!able.contains(peer)) {
                throw usage(peer.id() + " does not take part; here "
                        + able.stream().map(Peer::id).toList() + " do");
            }
        }
        return engines;
    }

    /// Trains on the same batch again and again, and compares the losses of the first steps with those of the
    /// first engine.
    private Comparison compareTraining(List<Peer> peers) throws IOException {
        var network = TrainingWorkload.network(alpha, resolution, CLASSES);
        var model = new Model(network, TrainingWorkload.weights(network, SEED), List.of(), Preprocessing.TF_SLIM);
        var images = images(Math.multiplyExact(batch, network.input().elements()));
        var launcher = launcher(Task.TRAINING);
        Workload.write(images, launcher.images());
        for (var peer : peers) {
            peer.write(model, Task.TRAINING, launcher.folder());
        }
        var progress = new PrintWriter(System.err, true, UTF_8);
        return new PeerRun(launcher, peers, batch, new Agreement(null, Agreement.FLOATS), progress).measure(rounds);
    }

    private PeerLauncher launcher(Task task) throws IOException {
        var folder = WorkFolder.create();
        return new PeerLauncher(
                folder, Path.of(System.getProperty(CACHE, folder.toString())), threads, task, !isUntuned);
    }

    private Comparison compare(List<Peer> peers) throws IOException {
        var network = MobileNetV1.of(alpha, resolution, CLASSES).network();
        var model = new Model(network, Weights.random(network, SEED), List.of(), Preprocessing.TF_SLIM);
        var images = images(Math.multiplyExact(batch, network.input().elements()));
        var launcher = launcher(Task.INFERENCE);
        Workload.write(images, launcher.images());
        var folded = FoldedModel.of(model);
        for (var peer : peers) {
            peer.write(folded, Task.INFERENCE, launcher.folder());
        }
        // The reference: unfolded, in plain loops.
        var options = new SessionOptions(Runtime.getRuntime().availableProcessors(), SessionOptions.Kernels.SCALAR);
        var agreement = new Agreement(Session.open(model, options).run(images, batch), Agreement.FLOATS);
        var progress = new PrintWriter(System.err, true, UTF_8);
        return new PeerRun(launcher, peers, batch, agreement, progress).measure(rounds);
    }

    /// The reference: integer arithmetic in plain loops.
    private Comparison compareQuantized(List<Peer> peers) throws IOException {
        var file = Objects.requireNonNull(quantized);
        var model = ModelFormats.read(file);
        if (model.quantization().isEmpty()) {
            throw new IOException(file + " is not quantized; leave out --quantized");
        }
        var images = images(model.network().input().elements());
        var launcher = launcher(Task.QUANTIZED);
        Workload.write(images, launcher.images());
        Files.copy(file, Peer.TFLITE.model(Task.QUANTIZED, launcher.folder()));
        var progress = new PrintWriter(System.err, true, UTF_8);
        var able = new ArrayList<>(peers);
        if (able.contains(Peer.ONNXRUNTIME)) {
            var other = onnx != null ? onnx : Path.of(file.toString().replaceFirst("\\.tflite$", "") + ".onnx");
            if (Files.exists(other)) {
                Files.copy(other, Peer.ONNXRUNTIME.model(Task.QUANTIZED, launcher.folder()));
            } else {
                progress.println("onnxruntime: skipped, as there is no " + other + "; make it with ./mobilenet convert "
                        + file + " " + other);
                able.remove(Peer.ONNXRUNTIME);
            }
        }
        var options = SessionOptions.DEFAULT.withKernels(SessionOptions.Kernels.SCALAR);
        var agreement = new Agreement(Session.open(model, options).run(images, 1), Agreement.STORED);
        return new PeerRun(launcher, able, batch, agreement, progress).measure(rounds);
    }

    private static float[] images(int size) {
        var random = new SplittableRandom(SEED);
        var images = new float[size];
        for (int i = 0; i < size; i++) {
            images[i] = (float) random.nextDouble(-1, 1);
        }
        return images;
    }

    private String heading(TestMachine machine) {
        if (quantized != null) {
            return String.format(
                    Locale.ROOT,
                    "%s, batch 1, threads %d, %d rounds%n%s%n",
                    quantized.getFileName(),
                    threads,
                    rounds,
                    machine);
        }
        return String.format(
                Locale.ROOT,
                "MobileNet v1%s, alpha %s, %d x %d, batch %d, threads %d, %d rounds%n%s%n",
                (isTraining ? " in training" : "") + (isUntuned ? ", PyTorch untuned" : ""),
                alpha,
                resolution,
                resolution,
                batch,
                threads,
                rounds,
                machine);
    }

    private static String textName(Path json) {
        return json.getFileName().toString().replaceFirst("\\.json$", ".txt");
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static final class PeerConverter implements ITypeConverter<Peer> {
        @Override
        public Peer convert(String value) {
            return Arrays.stream(Peer.values())
                    .filter(peer -> peer.id().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("there is no engine " + value + ", only "
                            + String.join(
                                    ", ",
                                    Arrays.stream(Peer.values()).map(Peer::id).toList())));
        }
    }

    private static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String value) {
            return switch (value) {
                case "text" -> Format.TEXT;
                case "json" -> Format.JSON;
                default -> throw new TypeConversionException("expected text or json, not " + value);
            };
        }
    }
}
