package org.mobilenet4j.app;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.NetworkSpec;
import picocli.CommandLine.Option;

/// What makes a network of the catalogue out of its name.
final class NetworkOptions {
    /// How a name is written, for the help.
    static final String NETWORK = "A name, or NAME[:ALPHA][:RESOLUTION]; what it says itself goes before the options.";

    @Option(names = "--alpha", paramLabel = "A", description = "Width multiplier (default: 1).")
    private @Nullable Double alpha;

    @Option(
            names = "--resolution",
            paramLabel = "R",
            description = "Rows and columns of the input (default: as published, 224 for MobileNet).")
    private @Nullable Integer resolution;

    @Option(names = "--classes", paramLabel = "N", description = "Number of classes (default: 1000).")
    private @Nullable Integer classes;

    /// Whether any is on the command line.
    boolean areGiven() {
        return alpha != null || resolution != null || classes != null;
    }

    /// The network that `text` and these options name.
    ///
    /// @throws IllegalArgumentException when there is none
    Network network(String text) {
        return NetworkSpec.parse(text)
                .network(
                        alpha == null ? OptionalDouble.empty() : OptionalDouble.of(alpha),
                        resolution == null ? OptionalInt.empty() : OptionalInt.of(resolution),
                        classes == null ? OptionalInt.empty() : OptionalInt.of(classes));
    }
}
