package org.mobilenet4j.machine.recipe;

import org.mobilenet4j.kernel.layout.ConvShape;

/// What a convolution's routine fetches into the second cache while it computes: each panel's weights during the
/// panel before; also, for a pointwise convolution, what others read next.
///
/// @param rows        of outputs that most calls compute
/// @param inputs      bytes from the address of the outputs' memory to what output row 0 of another convolution is the
///     first to read
/// @param inputRow    bytes from there to the same of the next row; 0 if no inputs are fetched
/// @param isNextLayer whether to fetch what lies behind all of the weights
public record Prefetch(int rows, long inputs, int inputRow, boolean isNextLayer) {
    /// Weights only.
    public static Prefetch weights(int rows) {
        return new Prefetch(rows, 0, 0, false);
    }

    /// Weights, and as many bytes behind all of them: the next layer's, which then need not come from memory.
    public static Prefetch nextLayer(int rows) {
        return new Prefetch(rows, 0, 0, true);
    }

    /// The inputs, in the outputs' memory, of those rows of `next` that follow the rows of a call.
    public static Prefetch inputsOf(ConvShape next, int rows) {
        var window = next.window();
        long before = (long) Math.max(0, window.effectiveHeight() - window.strideRows())
                * next.in().rowStride();
        return new Prefetch(
                rows,
                4 * (next.windowAt(0, 0) + before),
                Math.multiplyExact(4 * window.strideRows(), next.in().rowStride()),
                false);
    }

    boolean hasInputs() {
        return inputRow > 0;
    }
}
