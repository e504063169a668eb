package org.mobilenet4j.train.op;

/// The mean over all pixels of each channel; its gradient is distributed evenly to all of them.
public final class GlobalPoolOp extends ImageOp {
    public GlobalPoolOp(View input, FeatureMap output) {
        super(input, output);
    }

    @Override
    void forward(float[] memory, int inAt, int outAt, int image) {
        int channels = in.channels();
        for (int c = 0; c < channels; c++) {
            memory[outAt + c] = 0f;
        }
        for (int i = 0; i < in.elements(); i += channels) {
            for (int c = 0; c < channels; c++) {
                memory[outAt + c] += memory[inAt + i + c];
            }
        }
        for (int c = 0; c < channels; c++) {
            memory[outAt + c] /= in.pixels();
        }
    }

    @Override
    void backward(float[] memory, int inAt, int outGradientAt, int inGradientAt, int image) {
        int channels = in.channels();
        float share = 1f / in.pixels();
        for (int i = 0; i < in.elements(); i += channels) {
            for (int c = 0; c < channels; c++) {
                memory[inGradientAt + i + c] = memory[outGradientAt + c] * share;
            }
        }
    }
}
