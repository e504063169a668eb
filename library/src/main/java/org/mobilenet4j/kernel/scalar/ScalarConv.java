package org.mobilenet4j.kernel.scalar;

import org.mobilenet4j.kernel.ArrayKernel;
import org.mobilenet4j.kernel.ConvKernel;
import org.mobilenet4j.kernel.Scratch;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.ConvShape;

/// The reference: for each output pixel, each tap and each input channel, a row of weights is scaled and added.
///
/// Sums are fused multiply-adds in the same order as in the vector variant, so that both give the same bits. The
/// innermost loop runs over output channels with all arrays indexed alike, which the JIT can vectorize: each row of
/// weights is a separate array, and the sums are kept in a small array of their own.
final class ScalarConv implements ConvKernel, ArrayKernel {
    private final ConvShape shape;
    /// `[group][tap * inputs + input][output]`.
    private final float[][][] rows;
    private final float[][] bias;
    private final Scratch scratch;

    ScalarConv(ConvShape shape, WeightRows kernel, float[] bias) {
        this.shape = shape;
        int outputs = shape.groupOutputs();
        this.rows = new float[shape.groups()][shape.kernelRows()][outputs];
        this.bias = new float[shape.groups()][outputs];
        this.scratch = new Scratch(outputs);
        for (int group = 0; group < shape.groups(); group++) {
            System.arraycopy(bias, group * outputs, this.bias[group], 0, outputs);
        }
        var whole = new float[bias.length];
        for (int row = 0; row < shape.kernelRows(); row++) {
            kernel.copy(row, whole, 0);
            for (int group = 0; group < shape.groups(); group++) {
                System.arraycopy(whole, group * outputs, rows[group][row], 0, outputs);
            }
        }
    }

    /// One unit is one output row.
    @Override
    public int units() {
        return shape.out().shape().height();
    }

    @Override
    public void run(float[] memory, int from, int to) {
        var sums = scratch.take();
        for (int y = from; y < to; y++) {
            for (int x = 0; x < shape.out().shape().width(); x++) {
                for (int group = 0; group < shape.groups(); group++) {
                    sum(memory, shape.windowAt(y, x), group, sums);
                    System.arraycopy(sums, 0, memory, shape.out().at(y, x) + group * sums.length, sums.length);
                }
            }
        }
        scratch.give(sums);
    }

    private void sum(float[] memory, int window, int group, float[] sums) {
        int inputs = shape.groupInputs();
        System.arraycopy(bias[group], 0, sums, 0, sums.length);
        int start = window + group * inputs;
        int row = 0;
        for (int i = 0; i < shape.window().height(); i++) {
            for (int j = 0; j < shape.window().width(); j++) {
                addTap(memory, start + shape.tapAt(i, j), inputs, rows[group], row, sums);
                row += inputs;
            }
        }
        clamp(sums, shape.clamp());
    }

    private static void addTap(float[] memory, int at, int inputs, float[][] rows, int row, float[] sums) {
        int c = 0;
        for (; c + 3 < inputs; c += 4) {
            int r = row + c;
            int p = at + c;
            addFour(
                    sums,
                    memory[p],
                    memory[p + 1],
                    memory[p + 2],
                    memory[p + 3],
                    rows[r],
                    rows[r + 1],
                    rows[r + 2],
                    rows[r + 3]);
        }
        for (; c < inputs; c++) {
            addOne(sums, memory[at + c], rows[row + c]);
        }
    }

    private static void addOne(float[] sums, float x, float[] w) {
        for (int n = 0; n < sums.length; n++) {
            sums[n] = Math.fma(x, w[n], sums[n]);
        }
    }

    /// Processing four rows at once loads and stores each sum once instead of four times.
    private static void addFour(
            float[] sums, float x0, float x1, float x2, float x3, float[] w0, float[] w1, float[] w2, float[] w3) {
        for (int n = 0; n < sums.length; n++) {
            float sum = Math.fma(x1, w1[n], Math.fma(x0, w0[n], sums[n]));
            sums[n] = Math.fma(x3, w3[n], Math.fma(x2, w2[n], sum));
        }
    }

    static void clamp(float[] sums, Clamp clamp) {
        if (clamp == Clamp.NONE) {
            return;
        }
        float low = clamp.low();
        float high = clamp.high();
        for (int n = 0; n < sums.length; n++) {
            sums[n] = Math.min(Math.max(sums[n], low), high);
        }
    }
}
