package org.mobilenet4j.train.op;

import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.kernel.layout.Interpolation;

/// Bilinear interpolation; an output's gradient is distributed to the four pixels it was interpolated from, by
/// their weights.
public final class BilinearOp extends ImageOp {
    private final Interpolation rows;
    private final Interpolation columns;

    public BilinearOp(View input, FeatureMap output, BilinearResize layer) {
        super(input, output);
        this.rows = new Interpolation(in.height(), layer.height(), layer.coordinates());
        this.columns = new Interpolation(in.width(), layer.width(), layer.coordinates());
    }

    @Override
    void forward(float[] memory, int inAt, int outAt, int image) {
        for (int i = 0; i < out.elements(); i++) {
            int y = i / out.channels() / out.width();
            int x = i / out.channels() % out.width();
            float sum = 0;
            for (int corner = 0; corner < 4; corner++) {
                sum += weight(corner, y, x) * memory[inAt + source(corner, y, x) + i % out.channels()];
            }
            memory[outAt + i] = sum;
        }
    }

    @Override
    void backward(float[] memory, int inAt, int outGradientAt, int inGradientAt, int image) {
        for (int i = 0; i < out.elements(); i++) {
            int y = i / out.channels() / out.width();
            int x = i / out.channels() % out.width();
            float gradient = memory[outGradientAt + i];
            for (int corner = 0; corner < 4; corner++) {
                int target = inGradientAt + source(corner, y, x) + i % out.channels();
                memory[target] += weight(corner, y, x) * gradient;
            }
        }
    }

    /// Corners 1 and 3 lie to the right, corners 2 and 3 below.
    private float weight(int corner, int y, int x) {
        float down = corner >= 2 ? rows.fraction(y) : 1 - rows.fraction(y);
        float right = corner % 2 == 1 ? columns.fraction(x) : 1 - columns.fraction(x);
        return down * right;
    }

    private int source(int corner, int y, int x) {
        int row = corner >= 2 ? rows.upper(y) : rows.lower(y);
        int column = corner % 2 == 1 ? columns.upper(x) : columns.lower(x);
        return (row * in.width() + column) * in.channels();
    }
}
