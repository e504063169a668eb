package org.mobilenet4j.kernel.quantized;

import org.mobilenet4j.kernel.ArrayKernel;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;

/// Integer convolution with 32-bit sums, for layers whose sums may exceed 2^24, up to which floats are exact. Gives
/// the same results as a [org.mobilenet4j.kernel.ConvKernel] with a [org.mobilenet4j.kernel.RescaleKernel], several
/// times slower. A depthwise convolution is one with a group for each input channel.
public final class IntegerConv implements ArrayKernel {
    private final ConvShape shape;
    private final OutputRescaling rescaling;
    /// `[group][tap * inputs + input][output]`.
    private final int[][][] rows;

    /// @param kernel integers, one row for each tap and each input of a group
    public IntegerConv(ConvShape shape, WeightRows kernel, OutputRescaling rescaling) {
        this.shape = shape;
        this.rescaling = rescaling;
        int outputs = shape.groupOutputs();
        this.rows = new int[shape.groups()][shape.kernelRows()][outputs];
        var whole = new float[shape.out().shape().channels()];
        for (int row = 0; row < shape.kernelRows(); row++) {
            kernel.copy(row, whole, 0);
            for (int o = 0; o < whole.length; o++) {
                rows[o / outputs][row][o % outputs] = (int) whole[o];
            }
        }
    }

    /// One unit is one group of output channels; there may be a single row.
    @Override
    public int units() {
        return shape.groups();
    }

    @Override
    public void run(float[] memory, int from, int to) {
        for (int group = from; group < to; group++) {
            for (int y = 0; y < shape.out().shape().height(); y++) {
                for (int x = 0; x < shape.out().shape().width(); x++) {
                    pixel(memory, shape.windowAt(y, x), shape.out().at(y, x), group);
                }
            }
        }
    }

    private void pixel(float[] memory, int window, int out, int group) {
        int first = group * shape.groupOutputs();
        for (int o = 0; o < shape.groupOutputs(); o++) {
            memory[out + first + o] = rescaling.apply(sum(memory, window, group, o), first + o);
        }
    }

    private int sum(float[] memory, int window, int group, int output) {
        int inputs = shape.groupInputs();
        int sum = 0;
        int row = 0;
        for (int i = 0; i < shape.window().height(); i++) {
            for (int j = 0; j < shape.window().width(); j++) {
                int at = window + shape.tapAt(i, j) + group * inputs;
                for (int c = 0; c < inputs; c++) {
                    sum += ((int) memory[at + c]) * rows[group][row++][output];
                }
            }
        }
        return sum;
    }
}
