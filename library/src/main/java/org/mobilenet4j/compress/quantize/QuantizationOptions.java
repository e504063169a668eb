package org.mobilenet4j.compress.quantize;

import java.util.Objects;

/// How a model is quantized.
///
/// @param weights how weights are rounded
/// @param ranges how the ranges of activations are chosen
/// @param equalizes whether to equalize the ranges of channels first ([Equalization])
/// @param correctsBias whether biases correct the mean error of rounding ([BiasCorrection])
public record QuantizationOptions(WeightScheme weights, RangeChoice ranges, boolean equalizes, boolean correctsBias) {
    public QuantizationOptions {
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(ranges, "ranges");
    }

    /// Per-channel weights, min-max ranges, no equalization and no bias correction.
    public static final QuantizationOptions DEFAULT =
            new QuantizationOptions(WeightScheme.PER_CHANNEL, RangeChoice.MIN_MAX, false, false);

    /// With another weight scheme.
    public QuantizationOptions withWeights(WeightScheme newWeights) {
        return new QuantizationOptions(newWeights, ranges, equalizes, correctsBias);
    }

    /// With another choice of ranges.
    public QuantizationOptions withRanges(RangeChoice newRanges) {
        return new QuantizationOptions(weights, newRanges, equalizes, correctsBias);
    }

    /// With or without equalization.
    public QuantizationOptions withEqualization(boolean newEqualizes) {
        return new QuantizationOptions(weights, ranges, newEqualizes, correctsBias);
    }

    /// With or without bias correction.
    public QuantizationOptions withBiasCorrection(boolean newCorrectsBias) {
        return new QuantizationOptions(weights, ranges, equalizes, newCorrectsBias);
    }
}
