package org.mobilenet4j.app.cli.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.ArithmeticOption;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ModelSource;
import org.mobilenet4j.app.cli.options.NetworkNames;
import org.mobilenet4j.app.cli.options.NetworkOptions;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.app.cli.options.ThreadsOption;
import org.mobilenet4j.app.cli.options.WeightsWarning;
import org.mobilenet4j.app.cli.text.Encoding;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.cli.text.Progress;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.infer.measure.Machine;
import org.mobilenet4j.infer.measure.Profile;
import org.mobilenet4j.infer.measure.Repetition;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mobilenet benchmark`: measures the speed of a network on this machine.
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measure the latency and throughput of a network or a model on this machine; with --profile, of each layer.",
            "A NETWORK given by name gets random weights, which take as long to compute with as trained ones."
        },
        footerHeading = "%nOutput:%n",
        footer = {
            "  min, median, p90, p99  milliseconds per batch, from input tensor to output tensor",
            "  images/s               over all runs",
            "  GF/s                   10^9 operations per second in the median run; a mult-add counts as two",
            "",
            "Columns of --profile, for one image on one thread, in execution order (fused layers share a line):",
            "  share     of the total time of all layers",
            "  bound     roofline limit in GF/s: the smaller of the peak of one thread and bandwidth times the layer's"
                    + " operations per byte of weights and feature maps",
            "  reached   the fraction of that bound; of the bandwidth for a layer without mult-adds",
            "  bound by  the limiting resource, compute or memory",
            "Peak is measured with mult-adds in registers. Bandwidth is measured by reading as many bytes as one image"
                    + " touches, so that they come from the same caches. A layer whose data is in a faster cache can"
                    + " exceed it.",
            "",
            "Examples:",
            "  mobilenet benchmark mobilenet-v1:0.25:128",
            "  mobilenet benchmark mobilenet-v1 --alpha 0.5 --resolution 160 --threads 1 --profile",
            "  mobilenet benchmark mobilenet.safetensors --batch 8 --seconds 10 --format json"
        })
public final class BenchmarkCommand implements Callable<Integer> {
    private static final int MOST_RUNS = 100_000;
    private static final double SECONDS = 2;
    private static final double MOST_SECONDS = 3_600;

    /// The warm-up's share of the measurement's length is one over this; it warms caches and threads as well.
    private static final int WARM_UP = 4;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "NETWORK",
            arity = "0..1",
            completionCandidates = NetworkNames.class,
            description = NetworkOptions.NETWORK_OR_MODEL)
    private @Nullable String network;

    @Mixin
    private final NetworkOptions options = new NetworkOptions();

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description =
                    "Instead of a NETWORK: a model file, the name of a pulled model, or default, the bundled model"
                            + " (default: default).")
    private @Nullable Path file;

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    @Mixin
    private final ArithmeticOption arithmetic = new ArithmeticOption();

    @Option(
            names = "--batch",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Number of images in a batch (default: 1).")
    private int batch = 1;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Seconds to measure, and as many again for --profile (default: 2; at most 3600).")
    private @Nullable Double seconds;

    @Option(
            names = "--runs",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Number of runs to measure (default: as many as fit in --seconds; at most 100000).")
    private @Nullable Integer runs;

    @Option(names = "--profile", description = "Time each layer and compare it with the machine's limits.")
    private boolean profile;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        var repetition = repetition();
        var benchmark = measure(Plan.of(model(), SessionOptions.DEFAULT.withNumbers(arithmetic.numbers())), repetition);
        spec.commandLine()
                .getOut()
                .print(
                        format.isJson()
                                ? JsonText.of(benchmark)
                                : BenchmarkText.of(benchmark, Encoding.hasBlocks("stdout")));
        return 0;
    }

    private Repetition repetition() {
        if (runs != null && runs > MOST_RUNS) {
            throw usage("--runs must be at most " + MOST_RUNS + ", not " + runs);
        }
        if (seconds != null && !(seconds > 0 && seconds <= MOST_SECONDS)) {
            throw usage("--seconds must be above 0 and at most 3600, not " + seconds);
        }
        double limit = runs == null ? SECONDS : MOST_SECONDS;
        return new Repetition(
                Objects.requireNonNullElse(runs, MOST_RUNS), (long) (Objects.requireNonNullElse(seconds, limit) * 1e9));
    }

    private Model model() throws IOException {
        if (network != null && file != null) {
            throw usage("give either a NETWORK, for example mobilenet-v1, or a --model, not both");
        }
        if (network != null && !isModel(network)) {
            var named = options.network(network);
            return new Model(named, Weights.random(named, 1), List.of(), Preprocessing.TF_SLIM);
        }
        if (options.areGiven()) {
            throw usage("--alpha, --resolution and --classes apply only to a NETWORK; a --model has its own");
        }
        var model = new ModelSource(modelName()).read();
        new WeightsWarning(modelName(), model.weights())
                .print(spec.commandLine().getErr());
        return model;
    }

    private Path modelName() {
        if (network != null && isModel(network)) {
            return Path.of(network);
        }
        return file == null ? ModelSource.DEFAULT.name() : file;
    }

    private static boolean isModel(String text) {
        return new ModelSource(Path.of(text)).isThere();
    }

    private Benchmark measure(Plan plan, Repetition repetition) {
        checkBatch(plan.inputShape(), plan.outputShape());
        var session = Session.open(plan, threads.count());
        var input = noise(batch * plan.inputShape().elements());
        var output = new float[batch * plan.outputShape().elements()];
        try (var progress = Progress.of("benchmark", profile ? 4 : 2)) {
            progress.say("warming up");
            plan.awaitWarm();
            if (plan.kernels() == SessionOptions.Kernels.SCALAR && Machine.vectorBits() > 0) {
                spec.commandLine()
                        .getErr()
                        .println("mobilenet: warning: plain loops are timed, because the vector kernels were not ready"
                                + " within 20 seconds or did not fit in the JVM's memory");
            }
            new Repetition(Math.max(1, repetition.most() / WARM_UP), repetition.nanos() / WARM_UP)
                    .run(() -> session.run(input, batch, output));
            progress.step();
            progress.say("measuring");
            var times = repetition.time(() -> session.run(input, batch, output));
            progress.step();
            var layers = profile ? profile(plan, repetition, progress) : null;
            return Benchmark.of(
                    network == null || isModel(network) ? modelName().toString() : "random",
                    session,
                    batch,
                    times,
                    layers);
        }
    }

    private static LayerProfile profile(Plan plan, Repetition repetition, Progress progress) {
        progress.say("layer by layer");
        var layers = Profile.of(plan, repetition);
        progress.step();
        progress.say("the machine");
        var machine = Machine.measure(plan);
        progress.step();
        return LayerProfile.of(layers, Cost.of(plan.model().network()), machine);
    }

    private void checkBatch(Shape input, Shape output) {
        if (batch * (long) Math.max(input.elements(), output.elements()) > Shape.MAX_ELEMENTS) {
            throw usage("--batch " + batch + " of " + input + " values in and " + output
                    + " out does not fit in an array; use a smaller batch");
        }
    }

    /// Random images, the same every time.
    private static float[] noise(int size) {
        var values = new float[size];
        var random = new Random(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat(-1, 1);
        }
        return values;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
