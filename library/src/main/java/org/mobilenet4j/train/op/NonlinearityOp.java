package org.mobilenet4j.train.op;

import org.mobilenet4j.arch.Nonlinearity;

/// A nonlinearity: `dIn = dOut * f'(in)`.
public final class NonlinearityOp extends ImageOp {
    private final Nonlinearity layer;

    public NonlinearityOp(View input, FeatureMap output, Nonlinearity layer) {
        super(input, output);
        this.layer = layer;
    }

    @Override
    void forward(float[] memory, int inAt, int outAt, int image) {
        for (int i = 0; i < in.elements(); i++) {
            memory[outAt + i] = (float) layer.at(memory[inAt + i]);
        }
    }

    @Override
    void backward(float[] memory, int inAt, int outGradientAt, int inGradientAt, int image) {
        for (int i = 0; i < in.elements(); i++) {
            memory[inGradientAt + i] += (float) (memory[outGradientAt + i] * layer.slopeAt(memory[inAt + i]));
        }
    }
}
