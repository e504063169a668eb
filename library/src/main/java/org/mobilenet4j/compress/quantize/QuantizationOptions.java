package org.mobilenet4j.compress.quantize;

/// How a model is quantized.
///
/// @param weights how weights are rounded
/// @param ranges how the ranges of maps are chosen
/// @param equalizes whether channels are brought to like ranges first ([Equalization])
/// @param correctsBias whether biases take back what rounding adds on average ([BiasCorrection])
public record QuantizationOptions(WeightScheme weights, RangeChoice ranges, boolean equalizes, boolean correctsBias) {
    /// A scale for each output channel, and every value of a map within its range.
    public static final QuantizationOptions DEFAULT =
            new QuantizationOptions(WeightScheme.PER_CHANNEL, RangeChoice.MIN_MAX, false, false);

    /// With weights rounded in another way.
    public QuantizationOptions withWeights(WeightScheme newWeights) {
        return new QuantizationOptions(newWeights, ranges, equalizes, correctsBias);
    }

    /// With other ranges.
    public QuantizationOptions withRanges(RangeChoice newRanges) {
        return new QuantizationOptions(weights, newRanges, equalizes, correctsBias);
    }

    /// With or without equalization.
    public QuantizationOptions withEqualization(boolean newEqualizes) {
        return new QuantizationOptions(weights, ranges, newEqualizes, correctsBias);
    }

    /// With or without correction of biases.
    public QuantizationOptions withBiasCorrection(boolean newCorrectsBias) {
        return new QuantizationOptions(weights, ranges, equalizes, newCorrectsBias);
    }
}
