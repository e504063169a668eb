package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
        subcommands = Report.class,
        description =
                "Measures MobileNet v1 on mobilenet4j and other engines, with the same weights and images, each in its"
                        + " own process, taking turns.")
final class Peers implements Callable<Integer> {
    private static final int HELP_WIDTH = 110;

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
            paramLabel = "FILE",
            description = "Measures this quantized network, in integer and in float arithmetic.")
    private @Nullable Path quantized;

    @Option(
            names = "--int8",
            description = "Measures the network in INT8 with a scale for each channel, as ./mobilenet quantize makes"
                    + " it.")
    private boolean isInt8;

    @Option(
            names = "--detect",
            description =
                    "Measures SSD on the network from a decoded photo to boxes; with --quantized, such a detector.")
    private boolean isDetecting;

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
        if (out != null) { // fails early rather than after the measurement
            Files.createDirectories(out.toAbsolutePath().getParent());
        }
        var setting = new Setting(task(), alpha, resolution, quantized, batch, threads);
        var comparison = new Contest(setting, peers(), !isUntuned).measure(rounds);
        var result = new ContestResult(setting + (isUntuned ? ", PyTorch untuned" : ""), rounds, comparison);
        if (out != null) {
            result.write(out);
        }
        spec.commandLine().getOut().print(format == Format.JSON ? result.json() : result.text());
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
        if (isDetecting && (isTraining || isInt8 || batch != 1)) {
            throw usage("--detect measures single photos; leave out --train, --int8 and --batch");
        }
        if (task() == Task.QUANTIZED && (isTraining || batch != 1)) {
            throw usage("--quantized and --int8 measure inference of single images; leave out --train and --batch");
        }
        if (quantized != null && isInt8) {
            throw usage("--quantized names a network, --int8 makes one; leave out one of them");
        }
        if (out != null && !out.toString().endsWith(".json")) {
            throw usage("--out must name a .json file, not " + out);
        }
    }

    private Task task() {
        if (isDetecting) {
            return quantized == null ? Task.DETECTION : Task.QUANTIZED_DETECTION;
        }
        if (quantized != null || isInt8) {
            return Task.QUANTIZED;
        }
        return isTraining ? Task.TRAINING : Task.INFERENCE;
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
