package org.mobilenet4j.kernel;

/// Standard, grouped and pointwise convolution, and dense layers, which are pointwise on a single pixel.
///
/// `out[y, x, o] = clamp(bias[o] + sum over (i, j, c) of in[y*s + i*d - top, x*s + j*d - left, c] * kernel[i, j, c,
/// o])`.
public sealed interface ConvKernel extends SumKernel permits ScalarConv, VectorConv {
    /// Packs the weights for one place in a network.
    ///
    /// @param kernel `height x width x inputs/groups x outputs`, row-major
    /// @param bias a value for each output channel
    static ConvKernel create(Arithmetic arithmetic, ConvShape shape, float[] kernel, float[] bias) {
        int outputs = shape.out().shape().channels();
        long size = (long) shape.kernelRows() * outputs;
        if (kernel.length != size) {
            throw new IllegalArgumentException("a convolution from "
                    + shape.in().shape() + " to " + shape.out().shape() + " with " + shape.window() + " needs " + size
                    + " weights, not " + kernel.length);
        }
        return create(arithmetic, shape, WeightRows.of(kernel, outputs), bias);
    }

    /// Packs the weights for one place in a network.
    ///
    /// @param rows for each tap and each input of a group
    /// @param bias a value for each output channel
    static ConvKernel create(Arithmetic arithmetic, ConvShape shape, WeightRows rows, float[] bias) {
        if (bias.length != shape.out().shape().channels()) {
            throw new IllegalArgumentException(
                    "a convolution from " + shape.in().shape() + " to "
                            + shape.out().shape() + " needs a bias for each output, not " + bias.length);
        }
        return switch (arithmetic) {
            case SCALAR -> new ScalarConv(shape, rows, bias);
            case VECTOR -> new VectorConv(shape, rows, bias);
        };
    }
}
