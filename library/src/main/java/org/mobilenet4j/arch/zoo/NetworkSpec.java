package org.mobilenet4j.arch.zoo;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadValueException;

/// A network of the zoo in short notation: `NAME[:ALPHA][:RESOLUTION]`, for example `mobilenet-v1:0.5:160`,
/// `mobilenet-v1:0.25` or `vgg16:128`. TF-Slim's, Keras's and timm's names of MobileNets are understood too, such as
/// `mobilenet_v1_0.5_160`, `mobilenet_5_0_160_tf` and `mobilenetv1_100`.
///
/// @param name one of [Networks#names]
/// @param alpha width multiplier, if given
/// @param resolution rows and columns of the square input, if given
public record NetworkSpec(String name, OptionalDouble alpha, OptionalInt resolution) {
    public NetworkSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(alpha, "alpha");
        Objects.requireNonNull(resolution, "resolution");
    }

    /// Integers from here up are resolutions, anything below is a width multiplier: MobileNet's smallest input is
    /// larger than its largest multiplier, so the two cannot be confused.
    public static final int SMALLEST_RESOLUTION = 32;

    /// Parses the notation above.
    ///
    /// @throws IllegalArgumentException saying what is wrong with `text`
    public static NetworkSpec parse(String text) {
        var parts = text.split(":", -1);
        var published = PublishedName.parse(parts[0]);
        var alpha = published == null ? OptionalDouble.empty() : published.alpha;
        var resolution = published == null ? OptionalInt.empty() : published.resolution;
        for (int i = 1; i < parts.length; i++) {
            double number = number(text, parts[i]);
            if (number < SMALLEST_RESOLUTION && alpha.isEmpty() && resolution.isEmpty()) {
                alpha = OptionalDouble.of(number);
            } else if (number >= SMALLEST_RESOLUTION && number == (int) number && resolution.isEmpty()) {
                resolution = OptionalInt.of((int) number);
            } else {
                throw bad(text, parts[i]);
            }
        }
        return new NetworkSpec(published == null ? parts[0] : published.name, alpha, resolution);
    }

    /// The network, with these options where the notation leaves them out.
    ///
    /// @throws IllegalArgumentException as [Networks#network]
    public Network network(OptionalDouble otherAlpha, OptionalInt otherResolution, OptionalInt classes) {
        return Networks.network(
                name,
                alpha.isPresent() ? alpha : otherAlpha,
                resolution.isPresent() ? resolution : otherResolution,
                classes);
    }

    /// The network, with the published options where the notation leaves them out.
    public Network network() {
        return network(OptionalDouble.empty(), OptionalInt.empty(), OptionalInt.empty());
    }

    private static double number(String text, String part) {
        try {
            return Double.parseDouble(part);
        } catch (NumberFormatException e) {
            throw bad(text, part);
        }
    }

    private static BadValueException bad(String text, String part) {
        return new BadValueException("'" + part + "' in " + text
                + " is not understood; write NAME:ALPHA:RESOLUTION, for example mobilenet-v1:0.5:160");
    }
}
