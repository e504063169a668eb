package org.mobilenet4j.kernel;

/// The reference: for each output pixel, each tap and each input channel, a row of weights is scaled and added.
///
/// The innermost loop runs over output channels, side by side in memory, which is what the JIT can vectorise.
final class ScalarConv implements ConvKernel {
    private final ConvShape shape;
    private final float[] kernel;
    private final float[] bias;

    ScalarConv(ConvShape shape, float[] kernel, float[] bias) {
        this.shape = shape;
        this.kernel = kernel;
        this.bias = bias;
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
                for (int group = 0; group < shape.groups(); group++) {
                    pixel(memory, y, x, group);
                }
            }
        }
    }

    /// The sums grow where the result will be.
    private void pixel(float[] memory, int y, int x, int group) {
        int inputs = shape.groupInputs();
        int outputs = shape.groupOutputs();
        int target = shape.out().at(y, x) + group * outputs;
        System.arraycopy(bias, group * outputs, memory, target, outputs);
        int start = shape.windowAt(y, x) + group * inputs;
        for (int i = 0; i < shape.window().height(); i++) {
            for (int j = 0; j < shape.window().width(); j++) {
                int at = start + shape.tapAt(i, j);
                int row = (i * shape.window().width() + j) * inputs * bias.length + group * outputs;
                for (int c = 0; c < inputs; c++) {
                    addScaled(memory, target, memory[at + c], kernel, row + c * bias.length, outputs);
                }
            }
        }
        for (int n = target; n < target + outputs; n++) {
            memory[n] = shape.clamp().apply(memory[n]);
        }
    }

    private static void addScaled(float[] sums, int target, float factor, float[] weights, int at, int count) {
        for (int n = 0; n < count; n++) {
            sums[target + n] += factor * weights[at + n];
        }
    }
}
