package org.mobilenet4j.formats.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;

/// Turns operators at the very start of a network that only scale pixels into the model's normalization.
public final class InputScaling {
    private static final int COLORS = 3;

    private final double[] scale = {1, 1, 1};
    private final double[] offset = {0, 0, 0};
    private boolean isScaled;

    /// Whether `affine` has one value, or one for each of three channels, and does not turn black into white.
    boolean takes(Idiom.Affine affine) {
        int channels = affine.scale().size();
        return (channels == 1 || channels == COLORS)
                && affine.scale().stream().allMatch(value -> value > 0 && Double.isFinite(value));
    }

    void then(Idiom.Affine affine) {
        then(
                affine.scale().stream().mapToDouble(Double::doubleValue).toArray(),
                affine.offset().stream().mapToDouble(Double::doubleValue).toArray());
    }

    /// Adds what `next` has.
    void then(InputScaling next) {
        then(next.scale, next.offset);
    }

    /// Adds `out = in * scale + offset`, with one value for all channels or one for each of three.
    ///
    /// @throws IllegalArgumentException if there is any other number of values
    public void then(double[] nextScale, double[] nextOffset) {
        var scales = three(nextScale);
        var offsets = three(nextOffset);
        for (int c = 0; c < COLORS; c++) {
            scale[c] *= scales[c];
            offset[c] = offset[c] * scales[c] + offsets[c];
        }
        isScaled = true;
    }

    /// Whether anything was added.
    public boolean isScaled() {
        return isScaled;
    }

    /// What the file takes for black and white, as far as that can be told.
    public PixelRange range() {
        return PixelRange.of(mean(scale), mean(offset));
    }

    /// The equivalent normalization `(value / 255 - mean) / std` for pixels of [#range].
    ///
    /// @throws IllegalArgumentException if a scale is not positive
    public Normalization normalization() {
        double factor = range().factor();
        double shift = range().shift();
        return normalization(null, factor, shift);
    }

    /// The normalization that does `first`, and then what was added.
    ///
    /// @throws IllegalArgumentException if a scale is not positive
    public Normalization normalization(Normalization first) {
        return normalization(first, 1, 0);
    }

    /// The preprocessing of a model whose first operators these were.
    ///
    /// @param standard crop and resize, which such operators do not tell
    /// @param first what the file says is done to pixels before its first operator; null if it does not say
    /// @param notes take where this comes from, and what was assumed
    public Preprocessing preprocessing(
            Preprocessing standard, @Nullable Normalization first, Map<String, String> notes) {
        notes.put(
                "preprocessing",
                "normalization from the file's first operators"
                        + (first == null ? ", which take pixels " + range() : " and metadata")
                        + "; crop and resize assumed");
        return standard.withNormalization(first == null ? normalization() : normalization(first));
    }

    /// The preprocessing of a model whose metadata says `given`, and whose first operators these were.
    ///
    /// @throws IllegalArgumentException if a scale is not positive
    public Preprocessing after(Preprocessing given) {
        return isScaled ? given.withNormalization(normalization(given.normalization())) : given;
    }

    private Normalization normalization(@Nullable Normalization first, double factor, double shift) {
        var mean = new Float[COLORS];
        var std = new Float[COLORS];
        for (int c = 0; c < COLORS; c++) {
            double from = first == null ? factor : 1.0 / first.std().get(c);
            double at = first == null
                    ? shift
                    : -(double) first.mean().get(c) / first.std().get(c);
            double slope = from * scale[c];
            std[c] = (float) (1 / slope);
            mean[c] = (float) (-(at * scale[c] + offset[c]) / slope) + 0f; // no negative zero
        }
        return new Normalization(List.of(mean), List.of(std));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    private static double[] three(double[] values) {
        if (values.length != 1 && values.length != COLORS) {
            throw new BadValueException("scales its input by " + values.length
                    + " values; one, or one for each of three channels, is supported");
        }
        return values.length == COLORS ? values : new double[] {values[0], values[0], values[0]};
    }
}
