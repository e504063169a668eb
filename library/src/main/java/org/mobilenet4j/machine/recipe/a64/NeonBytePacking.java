package org.mobilenet4j.machine.recipe.a64;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;

/// The weights and parameters of [NeonByteConv], as its routine reads them.
///
/// Weights, integers from -255 to 255, are signed bytes in `parts` parts that add up to them, `[groups][panels][taps]
/// [inputs / 4][parts][16 outputs][4 inputs]`, filled up with 0. As 128 is taken from the inputs, what that and their
/// zero
/// point make of a channel's sum is added to its bias.
public record NeonBytePacking(ConvShape shape) {
    private static final int COLUMNS = Requantizing.COLUMNS;

    /// Output channels a block.
    public static int block(ConvShape shape) {
        return shape.groups() == 1 ? COLUMNS : shape.groupOutputs();
    }

    /// Panels a group.
    int panels() {
        return Math.ceilDiv(shape.groupOutputs(), COLUMNS);
    }

    /// Bytes of a panel's weights.
    int panelBytes(int parts) {
        return Math.multiplyExact(shape.window().taps() * parts * 4 * COLUMNS, fours());
    }

    private int fours() {
        return Math.ceilDiv(shape.groupInputs(), 4);
    }

    /// Bytes of all weights.
    public long weightBytes(int parts) {
        return (long) shape.groups() * panels() * panelBytes(parts);
    }

    /// Bytes of all parameters.
    public long parameterBytes() {
        return (long) shape.groups() * panels() * Requantizing.BYTES;
    }

    /// How many signed bytes the weights need.
    public int parts(WeightRows rows) {
        var row = new float[shape.out().shape().channels()];
        int parts = 1;
        for (int i = 0; i < shape.kernelRows(); i++) {
            rows.copy(i, row, 0);
            for (float weight : row) {
                int rest = (int) weight;
                for (int needed = 1; rest != 0; needed++) {
                    rest -= part(rest);
                    parts = rest == 0 ? Math.max(parts, needed) : parts;
                }
            }
        }
        return parts;
    }

    private static byte part(int weight) {
        return (byte) Math.clamp(weight, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    /// Writes weights and parameters to memory that is zero.
    ///
    /// @param rows   one row for each tap and each input of a group
    /// @param zeroIn the input's zero point, 0 to 255
    public void pack(
            WeightRows rows,
            OutputRescaling rescaling,
            int zeroIn,
            int parts,
            MemorySegment weights,
            MemorySegment parameters) {
        int channels = shape.out().shape().channels();
        var row = new float[channels];
        var sums = new int[channels];
        for (int i = 0; i < shape.kernelRows(); i++) {
            rows.copy(i, row, 0);
            for (int channel = 0; channel < channels; channel++) {
                sums[channel] += (int) row[channel];
                put(weights, i, channel, (int) row[channel], parts);
            }
        }
        for (int channel = 0; channel < channels; channel++) {
            int bias = rescaling.bias(channel) + (128 - zeroIn) * sums[channel];
            Requantizing.pack(parameters, panel(channel), column(channel), rescaling.multiplier(channel), bias);
        }
    }

    private int panel(int channel) {
        return channel / shape.groupOutputs() * panels() + channel % shape.groupOutputs() / COLUMNS;
    }

    private int column(int channel) {
        return channel % shape.groupOutputs() % COLUMNS;
    }

    private void put(MemorySegment weights, int row, int channel, int weight, int parts) {
        int tap = row / shape.groupInputs();
        int input = row % shape.groupInputs();
        long four = ((long) panel(channel) * shape.window().taps() + tap) * fours() + input / 4;
        int rest = weight;
        for (int part = 0; part < parts; part++) {
            long at = ((four * parts + part) * COLUMNS + column(channel)) * 4 + input % 4;
            weights.set(ValueLayout.JAVA_BYTE, at, part(rest));
            rest -= part(rest);
        }
    }
}
