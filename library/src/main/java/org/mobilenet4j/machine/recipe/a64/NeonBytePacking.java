package org.mobilenet4j.machine.recipe.a64;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;

/// The weights and parameters of [NeonByteConv], as its routine reads them.
///
/// Weights are integers from -255 to 255. Dot products want signed bytes, as many as add up to a weight:
/// `[groups][panels]
/// [taps][inputs / 4][parts][16 outputs][4 inputs]`; what the zero point, and 128 that is taken from the inputs, make
/// of a
/// channel's sum is added to its bias. Otherwise they are of 16 bits, `[groups][panels][taps][inputs][16 outputs]`.
/// Both
/// are filled up with 0.
///
/// @param shape    places are bytes
/// @param isOfDots whether dot products read them
/// @param parts    how many signed bytes a weight is: 1 to 3
public record NeonBytePacking(ConvShape shape, boolean isOfDots, int parts) {
    /// For these weights, and as few parts as will do.
    ///
    /// @param rows one row for each tap and each input of a group
    public static NeonBytePacking of(ConvShape shape, WeightRows rows, Isa isa) {
        int least = 0;
        int most = 0;
        var row = new float[shape.out().shape().channels()];
        for (int i = 0; i < shape.kernelRows(); i++) {
            rows.copy(i, row, 0);
            for (float weight : row) {
                least = Math.min(least, (int) weight);
                most = Math.max(most, (int) weight);
            }
        }
        int parts = Math.max(1, Math.max(Math.ceilDiv(-least, 128), Math.ceilDiv(most, 127)));
        return new NeonBytePacking(shape, isa == Isa.NEON_DOT, parts);
    }

    /// Output channels a block.
    public int block() {
        return shape.groups() == 1 ? Panels.COLUMNS : shape.groupOutputs();
    }

    /// Bytes of a panel's weights.
    int panelBytes() {
        int step = isOfDots ? fours() * parts * 4 : shape.groupInputs() * Short.BYTES;
        return Math.multiplyExact(shape.window().taps() * Panels.COLUMNS, step);
    }

    private int fours() {
        return Math.ceilDiv(shape.groupInputs(), 4);
    }

    private int panels() {
        return shape.groups() * Panels.of(shape.groupOutputs());
    }

    /// Bytes of all weights.
    public long weightBytes() {
        return (long) panels() * panelBytes();
    }

    /// Bytes of all parameters.
    public long parameterBytes() {
        return (long) panels() * Requantizing.BYTES;
    }

    /// Writes weights and parameters to memory that is zero.
    ///
    /// @param rows   one row for each tap and each input of a group
    /// @param zeroIn the input's zero point, 0 to 255
    public void pack(
            WeightRows rows, OutputRescaling rescaling, int zeroIn, MemorySegment weights, MemorySegment parameters) {
        int channels = shape.out().shape().channels();
        var row = new float[channels];
        var sums = new int[channels];
        for (int i = 0; i < shape.kernelRows(); i++) {
            rows.copy(i, row, 0);
            for (int channel = 0; channel < channels; channel++) {
                sums[channel] += (int) row[channel];
                put(weights, i, channel, (int) row[channel]);
            }
        }
        int taken = isOfDots ? 128 - zeroIn : 0;
        for (int channel = 0; channel < channels; channel++) {
            int bias = rescaling.bias(channel) + taken * sums[channel];
            Requantizing.pack(parameters, panel(channel), column(channel), rescaling.multiplier(channel), bias);
        }
    }

    private int panel(int channel) {
        int group = channel / shape.groupOutputs();
        return group * Panels.of(shape.groupOutputs()) + channel % shape.groupOutputs() / Panels.COLUMNS;
    }

    private int column(int channel) {
        return channel % shape.groupOutputs() % Panels.COLUMNS;
    }

    private void put(MemorySegment weights, int row, int channel, int weight) {
        if (!isOfDots) {
            long step = (long) panel(channel) * shape.kernelRows() + row;
            long at = Short.BYTES * (step * Panels.COLUMNS + column(channel));
            weights.set(ValueLayout.JAVA_SHORT, at, (short) weight);
            return;
        }
        int tap = row / shape.groupInputs();
        int input = row % shape.groupInputs();
        long four = ((long) panel(channel) * shape.window().taps() + tap) * fours() + input / 4;
        int rest = weight;
        for (int part = 0; part < parts; part++) {
            byte some = (byte) Math.clamp(rest, Byte.MIN_VALUE, Byte.MAX_VALUE);
            long at = ((four * parts + part) * Panels.COLUMNS + column(channel)) * 4 + input % 4;
            weights.set(ValueLayout.JAVA_BYTE, at, some);
            rest -= some;
        }
    }
}
