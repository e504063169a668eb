package org.mobilenet4j.machine.recipe.integer;

import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.layout.ConvShape;

/// A convolution of bytes: `clamp(rescale(sum of (in - zeroIn) * w + bias), low, high) + zeroOut`, as
/// [OutputRescaling#apply(int, int)] has it, to the bit. Weights are integers less their zero point,
/// from -255 to 255.
///
/// @param shape     places are bytes; borders hold `zeroIn`; its clamp plays no part
/// @param rescaling for every output channel
/// @param zeroIn    the input's zero point, 0 to 255
/// @param zeroOut   the output's zero point, 0 to 255
public record ByteConv(ConvShape shape, OutputRescaling rescaling, int zeroIn, int zeroOut) {
    private static final int MOST = 255;

    public ByteConv {
        if (rescaling.channels() != shape.out().shape().channels()) {
            throw new IllegalArgumentException(
                    rescaling.channels() + " multipliers for " + shape.out().shape());
        }
        if (zeroIn < 0 || zeroIn > MOST || rescaling.low() + zeroOut < 0 || rescaling.high() + zeroOut > MOST) {
            throw new IllegalArgumentException("not bytes: zero points " + zeroIn + " and " + zeroOut
                    + ", results from " + rescaling.low() + " to " + rescaling.high());
        }
    }
}
