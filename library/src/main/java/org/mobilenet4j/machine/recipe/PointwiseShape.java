package org.mobilenet4j.machine.recipe;

/// The shape of a pointwise product: `out[p][n] = clamp(bias[n] + sum over k of in[p][k] * w[k][n])`.
///
/// @param pixels    how many p
/// @param inputs    how many k, 1 or more
/// @param outputs   how many n
/// @param inStride  bytes from one pixel's inputs to the next one's
/// @param outStride bytes from one pixel's outputs to the next one's
/// @param lowBits   the lower bound, as a float's bits, which are compared as integers; [Integer#MIN_VALUE] for none
/// @param highBits  the upper bound likewise; [Integer#MAX_VALUE] for none
public record PointwiseShape(
        int pixels, int inputs, int outputs, int inStride, int outStride, int lowBits, int highBits) {
    public PointwiseShape {
        if (pixels < 1 || inputs < 1 || outputs < 1 || inStride < 4 * inputs || outStride < 4 * outputs) {
            throw new IllegalArgumentException("no pointwise product: " + pixels + " pixels, " + inputs
                    + " inputs every " + inStride + " bytes, " + outputs + " outputs every " + outStride + " bytes");
        }
    }
}
