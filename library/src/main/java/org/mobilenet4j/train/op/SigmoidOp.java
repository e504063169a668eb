package org.mobilenet4j.train.op;

/// Sigmoid inside a network; after the last layer it is part of the loss. `dIn = dOut * out * (1 - out)`.
public final class SigmoidOp extends ImageOp {
    public SigmoidOp(View input, FeatureMap output) {
        super(input, output);
    }

    private static double sigmoid(float value) {
        return 1 / (1 + Math.exp(-value));
    }

    @Override
    void forward(float[] memory, int inAt, int outAt, int image) {
        for (int i = 0; i < in.elements(); i++) {
            memory[outAt + i] = (float) sigmoid(memory[inAt + i]);
        }
    }

    @Override
    void backward(float[] memory, int inAt, int outGradientAt, int inGradientAt, int image) {
        for (int i = 0; i < in.elements(); i++) {
            double value = sigmoid(memory[inAt + i]);
            memory[inGradientAt + i] += (float) (memory[outGradientAt + i] * value * (1 - value));
        }
    }
}
