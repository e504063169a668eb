package org.mobilenet4j.app.cli.prune;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.compress.prune.ChannelPruning;
import org.mobilenet4j.compress.prune.Clustering;
import org.mobilenet4j.compress.prune.Criterion;
import org.mobilenet4j.compress.prune.KMeans;
import org.mobilenet4j.compress.prune.MagnitudePruning;
import org.mobilenet4j.error.BadValueException;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// How `prune` prunes.
final class PruningOptions {
    private static final double HALF = 0.5;
    private static final int VECTOR_HALF = 8;

    @Option(names = "--channels", description = "Take whole channels out: the network becomes smaller and faster.")
    private boolean isChannels;

    @Option(
            names = "--mult-adds",
            paramLabel = "SHARE",
            description = "With --channels: the share of the mult-adds that is left at most (default: 0.5).")
    private @Nullable Double multAdds;

    @Option(
            names = "--by",
            paramLabel = "scale|l1",
            description =
                    "With --channels: rank by batch normalization's scale or by kernels' L1 norm (default: scale).")
    private @Nullable String by;

    @Option(
            names = "--multiple",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "With --channels: a layer that loses any keeps a multiple of N (default: 8).")
    private @Nullable Integer multiple;

    @Option(
            names = "--sparsity",
            paramLabel = "SHARE",
            description = "Set a share of each kernel's weights to zero, the smallest; little by little with --data.")
    private @Nullable Double sparsity;

    @Option(names = "--global", description = "With --sparsity: a share of all kernels' weights together.")
    private boolean isGlobal;

    @Option(names = "--all-kernels", description = "With --sparsity: the depthwise kernels and the first one too.")
    private boolean isAllKernels;

    @Option(
            names = "--ramp",
            paramLabel = "SHARE",
            description = "With --sparsity: the share of the training in which weights become zero (default: 0.5).")
    private @Nullable Double ramp;

    @Option(
            names = "--clusters",
            paramLabel = "K",
            description = "Let each kernel's weights share K values; zeros stay zero.")
    private @Nullable Integer clusters;

    @Option(
            names = "--start",
            paramLabel = "linear|density",
            description = "With --clusters: where k-means begins (default: linear).")
    private @Nullable String start;

    /// @throws ParameterException when none or several are asked for
    /// @throws IllegalArgumentException when a number is out of its range
    Pruning pruning(CommandLine command) {
        int asked = (isChannels ? 1 : 0) + (sparsity == null ? 0 : 1) + (clusters == null ? 0 : 1);
        if (asked != 1) {
            throw new ParameterException(command, "say what to prune: one of --channels, --sparsity and --clusters");
        }
        boolean isOdd = (!isChannels && (multAdds != null || by != null || multiple != null))
                || (sparsity == null && (isGlobal || isAllKernels || ramp != null))
                || (clusters == null && start != null);
        if (isOdd) {
            throw new ParameterException(command, "an option goes with another way of pruning than the one asked for");
        }
        if (isChannels) {
            return new Pruning.Channels(new ChannelPruning(
                    multAdds == null ? HALF : multAdds,
                    oneOf(Criterion.class, "--by", by, Criterion.SCALE),
                    multiple == null ? VECTOR_HALF : multiple));
        }
        if (sparsity != null) {
            var scope = isGlobal ? MagnitudePruning.Scope.GLOBAL : MagnitudePruning.Scope.LAYER;
            return new Pruning.Weights(new MagnitudePruning(sparsity, scope, isAllKernels), ramp == null ? HALF : ramp);
        }
        int values = clusters == null ? 0 : clusters;
        return new Pruning.Clusters(
                new Clustering(values, oneOf(KMeans.Start.class, "--start", start, KMeans.Start.LINEAR)));
    }

    private static <E extends Enum<E>> E oneOf(Class<E> kind, String option, @Nullable String text, E otherwise) {
        if (text == null) {
            return otherwise;
        }
        for (E constant : kind.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        var names = java.util.Arrays.stream(kind.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        throw new BadValueException(option + " takes " + String.join(" or ", names) + ", not " + text);
    }
}
