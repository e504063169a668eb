package org.mobilenet4j.arch.zoo;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names under which others publish MobileNet v1: TF-Slim's `mobilenet_v1_0.25_128` and `mobilenet_v1_025`, Keras's
/// `mobilenet_2_5_128_tf` and `mobilenet_0.25_128`, timm's `mobilenetv1_100.ra4_e3600_r224_in1k`.
final class PublishedName {
    private static final String NAME = "mobilenet-v1";

    /// With groups `alpha` and, for the first two, `size`.
    private static final Pattern DECIMAL = Pattern.compile(
            "(?:google/)?mobilenet(?:_v1)?(?:_(?<alpha>\\d\\.\\d+)(?:_(?<size>\\d{2,4}))?)?(?:_quant)?");

    private static final Pattern KERAS =
            Pattern.compile("mobilenet_(?<alpha>1_0|\\d_\\d)_(?<size>\\d{2,4})_tf(?:_no_top)?");

    private static final Pattern PERCENT =
            Pattern.compile("(?:timm/)?mobilenet(?:_v1_|v1_)(?<alpha>\\d{3})(?:\\.[a-z0-9_]+)?");

    private static final Pattern TRAINED_AT = Pattern.compile("_r(?<size>\\d{2,4})(?:_|$)");

    private PublishedName() {}

    /// The network of that name, or null if it is none of these.
    static @Nullable NetworkSpec parse(String text) {
        var decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            var alpha = decimal.group("alpha");
            return spec(alpha == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(alpha)), decimal);
        }
        var keras = KERAS.matcher(text);
        if (keras.matches()) {
            var digits = keras.group("alpha").replace("_", "");
            return spec(OptionalDouble.of(Integer.parseInt(digits) / (digits.equals("10") ? 10.0 : 100.0)), keras);
        }
        var percent = PERCENT.matcher(text);
        if (percent.matches()) {
            var size = TRAINED_AT.matcher(text);
            var alpha = OptionalDouble.of(Integer.parseInt(percent.group("alpha")) / 100.0);
            return size.find() ? spec(alpha, size) : new NetworkSpec(NAME, alpha, OptionalInt.empty());
        }
        return null;
    }

    private static NetworkSpec spec(OptionalDouble alpha, Matcher match) {
        var size = match.group("size");
        return new NetworkSpec(
                NAME, alpha, size == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(size)));
    }
}
