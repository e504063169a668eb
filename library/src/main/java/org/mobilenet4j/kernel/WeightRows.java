package org.mobilenet4j.kernel;

/// A convolution's weights, which a kernel takes a row at a time, so that they are never all in memory a second time.
public interface WeightRows {
    /// Copies row `row`, the weights of all outputs for one tap and input, to `target` from `offset` on.
    void copy(int row, float[] target, int offset);

    /// Rows of `outputs` weights each from `kernel`.
    static WeightRows of(float[] kernel, int outputs) {
        return (row, target, offset) -> System.arraycopy(kernel, row * outputs, target, offset, outputs);
    }
}
