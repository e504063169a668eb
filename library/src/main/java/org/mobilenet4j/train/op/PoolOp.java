package org.mobilenet4j.train.op;

import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Window;

/// Max or average pooling, skipping positions outside the feature map. The gradient of a maximum goes to its first
/// occurrence, that of a mean evenly to all values.
public final class PoolOp extends ImageOp {
    private final Window window;
    private final boolean isMax;

    public PoolOp(View input, FeatureMap output, Pool pool) {
        super(input, output);
        this.window = pool.window();
        this.isMax = pool.kind() == Pool.Kind.MAX;
    }

    private int top(int y) {
        return Math.max(0, y * window.strideRows() - window.top(in));
    }

    private int bottom(int y) {
        return Math.min(in.height(), y * window.strideRows() - window.top(in) + window.height());
    }

    private int left(int x) {
        return Math.max(0, x * window.strideColumns() - window.left(in));
    }

    private int right(int x) {
        return Math.min(in.width(), x * window.strideColumns() - window.left(in) + window.width());
    }

    @Override
    void forward(float[] memory, int inAt, int outAt, int image) {
        int channels = in.channels();
        for (int y = 0; y < out.height(); y++) {
            for (int x = 0; x < out.width(); x++) {
                int target = outAt + (y * out.width() + x) * channels;
                for (int c = 0; c < channels; c++) {
                    memory[target + c] = isMax ? memory[largest(memory, inAt + c, y, x)] : mean(memory, inAt + c, y, x);
                }
            }
        }
    }

    private int largest(float[] memory, int at, int y, int x) {
        int best = at + (top(y) * in.width() + left(x)) * in.channels();
        for (int row = top(y); row < bottom(y); row++) {
            for (int column = left(x); column < right(x); column++) {
                int place = at + (row * in.width() + column) * in.channels();
                if (memory[place] > memory[best]) {
                    best = place;
                }
            }
        }
        return best;
    }

    private float mean(float[] memory, int at, int y, int x) {
        float sum = 0;
        for (int row = top(y); row < bottom(y); row++) {
            for (int column = left(x); column < right(x); column++) {
                sum += memory[at + (row * in.width() + column) * in.channels()];
            }
        }
        return sum / area(y, x);
    }

    private int area(int y, int x) {
        return (bottom(y) - top(y)) * (right(x) - left(x));
    }

    @Override
    void backward(float[] memory, int inAt, int outGradientAt, int inGradientAt, int image) {
        int channels = in.channels();
        for (int y = 0; y < out.height(); y++) {
            for (int x = 0; x < out.width(); x++) {
                for (int c = 0; c < channels; c++) {
                    float gradient = memory[outGradientAt + (y * out.width() + x) * channels + c];
                    if (isMax) {
                        memory[largest(memory, inAt + c, y, x) - inAt + inGradientAt] += gradient;
                    } else {
                        spread(memory, inGradientAt + c, y, x, gradient / area(y, x));
                    }
                }
            }
        }
    }

    private void spread(float[] memory, int at, int y, int x, float share) {
        for (int row = top(y); row < bottom(y); row++) {
            for (int column = left(x); column < right(x); column++) {
                memory[at + (row * in.width() + column) * in.channels()] += share;
            }
        }
    }
}
