package org.mobilenet4j.kernel;

/// Depthwise convolution: every channel is filtered by itself.
///
/// `out[y, x, c*m + q] = clamp(bias[c*m + q] + sum over (i, j) of in[y*s + i*d - top, x*s + j*d - left, c] *
/// kernel[i, j, c, q])`.
public sealed interface DepthwiseKernel extends SumKernel permits ScalarDepthwise, VectorDepthwise {
    /// Packs the weights for one place in a network.
    ///
    /// @param kernel `height x width x inputs x m`, row-major; `m` follows from the planes
    /// @param bias a value for each output channel
    static DepthwiseKernel create(Arithmetic arithmetic, ConvShape shape, float[] kernel, float[] bias) {
        int inputs = shape.in().shape().channels();
        int outputs = shape.out().shape().channels();
        if (outputs % inputs != 0
                || kernel.length != (long) shape.window().taps() * outputs
                || bias.length != outputs) {
            throw new IllegalArgumentException(
                    "a depthwise convolution from " + shape.in().shape() + " to "
                            + shape.out().shape() + " with " + shape.window() + " does not fit " + kernel.length
                            + " weights and " + bias.length + " biases");
        }
        // Several outputs for a channel would need gathers; no published MobileNet has them.
        return arithmetic == Arithmetic.VECTOR && outputs == inputs
                ? new VectorDepthwise(shape, kernel, bias)
                : new ScalarDepthwise(shape, kernel, bias);
    }
}
