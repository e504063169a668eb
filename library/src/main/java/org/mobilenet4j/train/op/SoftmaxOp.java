package org.mobilenet4j.train.op;

/// Softmax over the channels of each pixel, inside a network; after the last layer it is part of the loss.
public final class SoftmaxOp extends ImageOp {
    public SoftmaxOp(View input, FeatureMap output) {
        super(input, output);
    }

    @Override
    void forward(float[] memory, int inAt, int outAt, int image) {
        int channels = in.channels();
        for (int i = 0; i < in.elements(); i += channels) {
            softmax(memory, inAt + i, outAt + i, channels);
        }
    }

    private static void softmax(float[] memory, int from, int to, int channels) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < channels; c++) {
            largest = Math.max(largest, memory[from + c]);
        }
        double sum = 0;
        for (int c = 0; c < channels; c++) {
            double power = Math.exp(memory[from + c] - largest);
            memory[to + c] = (float) power;
            sum += power;
        }
        for (int c = 0; c < channels; c++) {
            memory[to + c] = (float) (memory[to + c] / sum);
        }
    }

    @Override
    void backward(float[] memory, int inAt, int outGradientAt, int inGradientAt, int image) {
        int channels = in.channels();
        for (int i = 0; i < in.elements(); i += channels) {
            softmax(memory, inAt + i, inAt + i, channels); // the input is not needed any more
            double dot = 0;
            for (int c = 0; c < channels; c++) {
                dot += memory[inAt + i + c] * (double) memory[outGradientAt + i + c];
            }
            for (int c = 0; c < channels; c++) {
                double value = memory[inAt + i + c] * (memory[outGradientAt + i + c] - dot);
                memory[inGradientAt + i + c] = (float) value;
            }
        }
    }
}
