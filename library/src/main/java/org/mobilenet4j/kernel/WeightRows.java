package org.mobilenet4j.kernel;

import org.mobilenet4j.kernel.layout.ConvShape;

/// A convolution's weights, read one row at a time, so that they are never all in memory a second time.
public interface WeightRows {
    /// Copies row `row`, the weights of all outputs for one tap and input, to `target` from `offset` on.
    void copy(int row, float[] target, int offset);

    /// The rows of `kernel`.
    ///
    /// @param kernel `height x width x inputs/groups x outputs` of the convolution, row-major
    static WeightRows of(float[] kernel, ConvShape shape) {
        int outputs = shape.out().shape().channels();
        long size = (long) shape.kernelRows() * outputs;
        if (kernel.length != size) {
            throw new IllegalArgumentException("a convolution from "
                    + shape.in().shape() + " to " + shape.out().shape() + " with " + shape.window() + " needs " + size
                    + " weights, not " + kernel.length);
        }
        return (row, target, offset) -> System.arraycopy(kernel, row * outputs, target, offset, outputs);
    }
}
