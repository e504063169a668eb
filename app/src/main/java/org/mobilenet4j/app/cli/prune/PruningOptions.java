package org.mobilenet4j.app.cli.prune;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.OptionGroup;
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

/// Options that choose how `prune` prunes.
@OptionGroup("Pruning")
final class PruningOptions {
    private static final double HALF = 0.5;
    private static final int VECTOR_HALF = 8;

    @Option(names = "--channels", description = "Remove whole channels: the network becomes smaller and faster.")
    private boolean isChannels;

    @Option(
            names = "--mult-adds",
            paramLabel = "SHARE",
            description = "With --channels: keep at most this share of the mult-adds (default: 0.5).")
    private @Nullable Double multAdds;

    @Option(
            names = "--by",
            paramLabel = "scale|l1",
            description =
                    "With --channels: rank channels by batch normalization's scale or by the L1 norm of their kernels"
                            + " (default: scale).")
    private @Nullable String by;

    @Option(
            names = "--multiple",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "With --channels: a pruned layer keeps a multiple of N channels (default: 8).")
    private @Nullable Integer multiple;

    @Option(
            names = "--sparsity",
            paramLabel = "SHARE",
            description = "Set this share of each kernel's weights to zero, smallest first; gradually with --data.")
    private @Nullable Double sparsity;

    @Option(names = "--global", description = "With --sparsity: rank the weights of all kernels together.")
    private boolean isGlobal;

    @Option(names = "--all-kernels", description = "With --sparsity: include the depthwise kernels and the first one.")
    private boolean isAllKernels;

    @Option(
            names = "--ramp",
            paramLabel = "SHARE",
            description = "With --sparsity: the share of training over which sparsity increases (default: 0.5).")
    private @Nullable Double ramp;

    @Option(
            names = "--clusters",
            paramLabel = "K",
            description = "Cluster each kernel's weights to K shared values; zeros stay zero.")
    private @Nullable Integer clusters;

    @Option(
            names = "--start",
            paramLabel = "linear|density",
            description = "With --clusters: initialization of k-means (default: linear).")
    private @Nullable String start;

    /// @throws ParameterException if none or several are given
    /// @throws IllegalArgumentException if a value is out of range
    Pruning pruning(CommandLine command) {
        int asked = (isChannels ? 1 : 0) + (sparsity == null ? 0 : 1) + (clusters == null ? 0 : 1);
        if (asked != 1) {
            throw new ParameterException(command, "give one of --channels, --sparsity and --clusters");
        }
        boolean isOdd = (!isChannels && (multAdds != null || by != null || multiple != null))
                || (sparsity == null && (isGlobal || isAllKernels || ramp != null))
                || (clusters == null && start != null);
        if (isOdd) {
            throw new ParameterException(
                    command,
                    "an option belongs to another way of pruning; give only those of"
                            + " --channels, --sparsity or --clusters");
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
