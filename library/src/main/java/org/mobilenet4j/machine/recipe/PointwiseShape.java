package org.mobilenet4j.machine.recipe;

/// The shape of a pointwise product on rows of pixels:
/// `out[y][x][n] = clamp(bias[n] + sum over k of in[y][x][k] * w[k][n])`. How many rows, its caller says.
///
/// @param width     how many x
/// @param inputs    how many k, 1 or more
/// @param outputs   how many n
/// @param inStride  bytes from one pixel's inputs to the next one's
/// @param inRow     bytes from one row's inputs to the next one's
/// @param outStride bytes from one pixel's outputs to the next one's
/// @param outRow    bytes from one row's outputs to the next one's
/// @param lowBits   the lower bound, as a float's bits, which are compared as integers; [Integer#MIN_VALUE] for none
/// @param highBits  the upper bound likewise; [Integer#MAX_VALUE] for none
public record PointwiseShape(
        int width,
        int inputs,
        int outputs,
        int inStride,
        int inRow,
        int outStride,
        int outRow,
        int lowBits,
        int highBits) {
    public PointwiseShape {
        if (width < 1
                || inputs < 1
                || outputs < 1
                || inStride < 4 * inputs
                || outStride < 4 * outputs
                || inRow < (width - 1L) * inStride
                || outRow < (long) width * outStride) {
            throw new IllegalArgumentException("no pointwise product: rows of " + width + " pixels, " + inputs
                    + " inputs every " + inStride + " and " + inRow + " bytes, " + outputs + " outputs every "
                    + outStride + " and " + outRow + " bytes");
        }
    }
}
