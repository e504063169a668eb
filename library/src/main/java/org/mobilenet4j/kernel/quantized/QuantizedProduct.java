package org.mobilenet4j.kernel.quantized;

import java.util.List;
import org.mobilenet4j.kernel.FixedPointMultiplier;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Plane;

/// The elementwise product of two quantized feature maps as in TFLite's MUL: values less their zero points are
/// multiplied and rescaled to the output's scale.
///
/// @param first the first input
/// @param second the second input, of the same shape
/// @param out the output, of the same shape
/// @param scale the product of both input scales divided by the output scale
/// @param to quantization of the output, narrowed to the range of its activation
public record QuantizedProduct(Plane first, Plane second, Plane out, FixedPointMultiplier scale, QuantizedRange to)
        implements PlainKernel {
    public QuantizedProduct {
        if (!first.shape().equals(out.shape()) || !second.shape().equals(out.shape())) {
            throw new IllegalArgumentException(
                    "cannot multiply " + first.shape() + " and " + second.shape() + " to " + out.shape());
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
                    int product = (int) (memory[a + c] * memory[b + c]);
                    memory[target + c] = this.to.clamp(scale.apply(product) + this.to.zeroPoint());
                }
            }
        }
    }
}
