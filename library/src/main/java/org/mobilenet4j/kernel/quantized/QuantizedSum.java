package org.mobilenet4j.kernel.quantized;

import org.mobilenet4j.kernel.ArrayKernel;
import org.mobilenet4j.kernel.FixedPointMultiplier;
import org.mobilenet4j.kernel.layout.Plane;

/// The sum of two maps of quantized values with different scales, as TFLite's ADD computes it: both are
/// brought to twice the larger scale with 20 bits more, added, and brought to the output's scale.
///
/// @param first read
/// @param second read, of the same shape
/// @param out written, of the same shape
/// @param firstScale the first input's scale over twice the larger input scale
/// @param secondScale the same of the second
/// @param outScale twice the larger input scale over 2^20 of the output's scale
/// @param to how the output is stored, with the range of its activation
public record QuantizedSum(
        Plane first,
        Plane second,
        Plane out,
        FixedPointMultiplier firstScale,
        FixedPointMultiplier secondScale,
        FixedPointMultiplier outScale,
        QuantizedRange to)
        implements ArrayKernel {
    /// Bits that the inputs are given more, so that their scaling loses nothing.
    public static final int MORE_BITS = 20;

    public QuantizedSum {
        if (!first.shape().equals(out.shape()) || !second.shape().equals(out.shape())) {
            throw new IllegalArgumentException(
                    "cannot add " + first.shape() + " and " + second.shape() + " to " + out.shape());
        }
    }

    /// One unit is one row.
    @Override
    public int units() {
        return out.shape().height();
    }

    @Override
    public void run(float[] memory, int from, int to) {
        for (int y = from; y < to; y++) {
            for (int x = 0; x < out.shape().width(); x++) {
                int a = first.at(y, x);
                int b = second.at(y, x);
                int target = out.at(y, x);
                for (int c = 0; c < out.shape().channels(); c++) {
                    int sum = firstScale.apply((int) memory[a + c] << MORE_BITS)
                            + secondScale.apply((int) memory[b + c] << MORE_BITS);
                    memory[target + c] = this.to.clamp(outScale.apply(sum) + this.to.zeroPoint());
                }
            }
        }
    }
}
