package org.mobilenet4j.kernel.machine;

import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.machine.recipe.Prefetch;

/// Makes the kernel of a depthwise convolution and the pointwise one behind it.
record JoinedBuilder(Workshop workshop, ConvShape depthwise, ConvShape pointwise) {
    /// Floats of the rows between the two that are computed before they are read: a sixteenth of the second cache, so
    /// that the inputs to come have room there.
    private static final int BETWEEN = 1 << 14;

    JoinedKernel build(float[] taps, float[] tapBias, WeightRows rows, float[] bias) {
        Plane between = depthwise.out();
        // Even, as the depthwise convolution computes two rows at a time.
        int band = Math.max(2, BETWEEN / between.rowStride() / 2 * 2);
        var prefetch =
                Prefetch.inputsOf(depthwise, Math.min(band, between.shape().height()));
        return new JoinedKernel(
                new MapBuilder(workshop, depthwise).depthwise(taps, tapBias),
                new MapBuilder(workshop, pointwise).conv(rows, bias, prefetch),
                Float.BYTES * (long) between.rowStride(),
                band);
    }
}
