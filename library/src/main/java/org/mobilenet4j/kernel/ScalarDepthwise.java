package org.mobilenet4j.kernel;

/// The reference: for each output pixel and each tap, a row of the kernel is multiplied with a pixel and added.
final class ScalarDepthwise implements DepthwiseKernel {
    private final ConvShape shape;
    private final float[] kernel;
    private final float[] bias;
    private final int multiplier;

    ScalarDepthwise(ConvShape shape, float[] kernel, float[] bias) {
        this.shape = shape;
        this.kernel = kernel;
        this.bias = bias;
        this.multiplier = shape.out().shape().channels() / shape.in().shape().channels();
    }

    /// One unit is one output row.
    @Override
    public int units() {
        return shape.out().shape().height();
    }

    @Override
    public void run(float[] memory, int from, int to) {
        for (int y = from; y < to; y++) {
            for (int x = 0; x < shape.out().shape().width(); x++) {
                pixel(memory, shape.windowAt(y, x), shape.out().at(y, x));
            }
        }
    }

    /// The sums grow where the result will be.
    private void pixel(float[] memory, int start, int target) {
        System.arraycopy(bias, 0, memory, target, bias.length);
        for (int i = 0; i < shape.window().height(); i++) {
            for (int j = 0; j < shape.window().width(); j++) {
                int at = start + shape.tapAt(i, j);
                int row = (i * shape.window().width() + j) * bias.length;
                for (int n = 0; n < bias.length; n++) {
                    memory[target + n] += memory[at + n / multiplier] * kernel[row + n];
                }
            }
        }
        for (int n = target; n < target + bias.length; n++) {
            memory[n] = shape.clamp().apply(memory[n]);
        }
    }
}
