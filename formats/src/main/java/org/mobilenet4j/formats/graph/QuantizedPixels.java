package org.mobilenet4j.formats.graph;

import java.util.List;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.model.ActivationQuantization;

/// How pixels go into a quantized input. TFLite's own tools, and people's programs, copy the bytes of a photo into it,
/// whatever normalization
/// the metadata describes: that one is for floats, or was written for another file. Bytes are wrong only where the
/// input's scale and zero point say so.
///
/// @param input how the input is stored
public record QuantizedPixels(ActivationQuantization input) {
    /// Normalized pixels may lie this share of the stored range outside of it, as scales are rounded.
    private static final double ROUNDING = 0.02;

    /// The share of the stored range that normalized pixels fill at least if they were what it was chosen for.
    private static final double FILLED = 0.75;

    /// The share of it below which bytes, which fill it, would mean something else entirely.
    private static final double PART = 0.4;

    /// The normalization that maps a pixel from 0 to 255 to the same quantized value, counted from the lowest.
    public Normalization asTheyAre() {
        float mean = -input.low() / 255f;
        float std = 1 / (255 * input.scale());
        return new Normalization(List.of(mean, mean, mean), List.of(std, std, std));
    }

    /// Whether `described` is how pixels go in, and not [#asTheyAre]: pixels that it normalizes are stored without
    /// being clipped, and either differ between colors and fill the range, or are a small part of it.
    public boolean areDescribedBy(Normalization described) {
        double low = (double) input.low() * input.scale();
        double high = (double) input.high() * input.scale();
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < 3; c++) {
            double mean = described.mean().get(c);
            double std = described.std().get(c);
            least = Math.min(least, -mean / std);
            most = Math.max(most, (1 - mean) / std);
        }
        double range = high - low;
        boolean isClipped = least < low - ROUNDING * range || most > high + ROUNDING * range;
        boolean isSame = described.equals(described.averaged());
        double share = (most - least) / range;
        return !isClipped && (share < PART || (!isSame && share >= FILLED));
    }
}
