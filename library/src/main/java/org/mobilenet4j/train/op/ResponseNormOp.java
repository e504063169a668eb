package org.mobilenet4j.train.op;

import org.mobilenet4j.arch.LocalResponseNorm;

/// Local response normalization. With `b = k + alpha / n * sum of squares around c`, `out[c] = in[c] * b[c]^-beta` and
/// `dIn[c] = dOut[c] * b[c]^-beta - 2 * alpha * beta / n * in[c] * sum around c of dOut[j] * in[j] * b[j]^(-beta-1)`.
public final class ResponseNormOp extends ImageOp {
    private final LocalResponseNorm norm;
    private final int reach;

    public ResponseNormOp(View input, FeatureMap output, LocalResponseNorm norm) {
        super(input, output);
        this.norm = norm;
        this.reach = norm.size() / 2;
    }

    private double base(float[] memory, int pixel, int channel) {
        double squares = 0;
        for (int c = Math.max(0, channel - reach); c <= Math.min(in.channels() - 1, channel + reach); c++) {
            squares += memory[pixel + c] * (double) memory[pixel + c];
        }
        return norm.k() + norm.alpha() / norm.size() * squares;
    }

    @Override
    void forward(float[] memory, int inAt, int outAt, int image) {
        for (int i = 0; i < in.elements(); i += in.channels()) {
            for (int c = 0; c < in.channels(); c++) {
                double factor = Math.pow(base(memory, inAt + i, c), -norm.beta());
                memory[outAt + i + c] = (float) (memory[inAt + i + c] * factor);
            }
        }
    }

    @Override
    void backward(float[] memory, int inAt, int outGradientAt, int inGradientAt, int image) {
        double slope = 2 * norm.alpha() * norm.beta() / norm.size();
        for (int i = 0; i < in.elements(); i += in.channels()) {
            for (int j = 0; j < in.channels(); j++) {
                double base = base(memory, inAt + i, j);
                double gradient = memory[outGradientAt + i + j];
                memory[inGradientAt + i + j] += (float) (gradient * Math.pow(base, -norm.beta()));
                double shared = slope * gradient * memory[inAt + i + j] * Math.pow(base, -norm.beta() - 1);
                for (int c = Math.max(0, j - reach); c <= Math.min(in.channels() - 1, j + reach); c++) {
                    memory[inGradientAt + i + c] -= (float) (shared * memory[inAt + i + c]);
                }
            }
        }
    }
}
