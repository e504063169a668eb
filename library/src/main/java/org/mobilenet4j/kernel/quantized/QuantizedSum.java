package org.mobilenet4j.kernel.quantized;

import java.util.List;
import org.mobilenet4j.kernel.FixedPointMultiplier;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Plane;

/// The sum of two quantized feature maps with different scales as in TFLite's ADD: both are rescaled to twice the
/// larger scale with 20 extra bits, added, and rescaled to the output's scale.
///
/// @param first the first input
/// @param second the second input, of the same shape
/// @param out the output, of the same shape
/// @param firstScale the first input's scale divided by twice the larger input scale
/// @param secondScale the same for the second input
/// @param outScale twice the larger input scale divided by 2^20 times the output's scale
/// @param to quantization of the output, narrowed to the range of its activation
public record QuantizedSum(
        Plane first,
        Plane second,
        Plane out,
        FixedPointMultiplier firstScale,
        FixedPointMultiplier secondScale,
        FixedPointMultiplier outScale,
        QuantizedRange to)
        implements PlainKernel {
    /// Extra bits of the inputs, so that rescaling loses nothing.
    public static final int MORE_BITS = 20;

    public QuantizedSum {
        if (!first.shape().equals(out.shape()) || !second.shape().equals(out.shape())) {
            throw new IllegalArgumentException(
                    "cannot add " + first.shape() + " and " + second.shape() + " to " + out.shape());
        }
    }

    @Override
    public List<Plane> inputs() {
        return List.of(first, second);
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
