package org.mobilenet4j.machine.recipe.a64;

import static org.mobilenet4j.machine.a64.Register.X4;
import static org.mobilenet4j.machine.a64.Vector.s4;
import static org.mobilenet4j.machine.a64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.a64.instruction.VectorPair.LDP_Q;
import static org.mobilenet4j.machine.a64.instruction.Widening.SMLAL;
import static org.mobilenet4j.machine.a64.instruction.Widening.USUBL;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.a64.Address;
import org.mobilenet4j.machine.a64.Frame;
import org.mobilenet4j.machine.a64.Vector;
import org.mobilenet4j.machine.a64.instruction.Arrangement;

/// A depthwise convolution of bytes, one output a channel, for any processor with NEON. Its routine takes `(in,
/// weights,
/// parameters, out, from, to)`: the addresses of the memories that the planes lie in, of what [#pack] makes, and the
/// part
/// to compute as two [org.mobilenet4j.machine.recipe.Corner]s; a block is 16 channels.
///
/// Weights, integers from -255 to 255, are packed as 16 bits, `[blocks][taps][16]`, filled up with 0.
public final class NeonByteDepthwise implements Blocks.Body, PixelTile.Products {
    /// Channels a block.
    public static final int CHANNELS = Panels.COLUMNS;

    /// Bytes of the weights of a tap.
    private static final int STEP = Short.BYTES * CHANNELS;

    private static final int WEIGHTS = 0, INPUT = 2, MORE_INPUT = 3, ZERO = 4;

    private final A64Assembler a;
    private final ConvShape shape;
    private final Requantizing results;
    private final int zeroIn;

    private NeonByteDepthwise(A64Assembler assembler, ConvShape shape, Requantizing results, int zeroIn) {
        this.a = assembler;
        this.shape = shape;
        this.results = results;
        this.zeroIn = zeroIn;
    }

    /// Writes the routine of that name.
    ///
    /// @param shape     places are bytes; its clamp plays no part
    /// @param rescaling of every channel
    /// @param zeroIn    the input's zero point, 0 to 255
    /// @param zeroOut   the output's zero point, 0 to 255
    /// @throws IllegalArgumentException if a channel has several outputs
    public static void emit(
            A64Assembler a, String name, ConvShape shape, OutputRescaling rescaling, int zeroIn, int zeroOut) {
        int channels = shape.out().shape().channels();
        if (channels != shape.in().shape().channels()) {
            throw new IllegalArgumentException("one output a channel only, not " + channels + " of " + shape.in());
        }
        Frame.begin(a, name);
        Blocks.toFirstRow(a, shape, Byte.BYTES);
        var results = new Requantizing(a, rescaling, zeroOut);
        new Blocks(CHANNELS, Math.multiplyExact(STEP, shape.window().taps()), Requantizing.BYTES, CHANNELS)
                .emit(a, channels, CHANNELS, new NeonByteDepthwise(a, shape, results, zeroIn));
        Frame.end(a);
    }

    /// Bytes of all weights.
    public static long weightBytes(ConvShape shape) {
        return (long) blocks(shape) * shape.window().taps() * STEP;
    }

    /// Bytes of all parameters.
    public static long parameterBytes(ConvShape shape) {
        return (long) blocks(shape) * Requantizing.BYTES;
    }

    private static int blocks(ConvShape shape) {
        return Math.ceilDiv(shape.out().shape().channels(), CHANNELS);
    }

    /// Writes weights and parameters to memory that is zero.
    ///
    /// @param rows one row for each tap
    public static void pack(
            ConvShape shape,
            WeightRows rows,
            OutputRescaling rescaling,
            MemorySegment weights,
            MemorySegment parameters) {
        int taps = shape.window().taps();
        var row = new float[shape.out().shape().channels()];
        for (int tap = 0; tap < taps; tap++) {
            rows.copy(tap, row, 0);
            for (int channel = 0; channel < row.length; channel++) {
                long at = (long) (channel / CHANNELS * taps + tap) * STEP + 2L * (channel % CHANNELS);
                weights.set(ValueLayout.JAVA_SHORT, at, (short) row[channel]);
            }
        }
        for (int channel = 0; channel < row.length; channel++) {
            Requantizing.pack(
                    parameters,
                    channel / CHANNELS,
                    channel % CHANNELS,
                    rescaling.multiplier(channel),
                    rescaling.bias(channel));
        }
    }

    @Override
    public void emit(int channels) {
        new PixelTile(a, shape, Byte.BYTES, channels).emit(this);
    }

    @Override
    public int tap(PixelTile tile) {
        a.emit(LDP_Q, s4(WEIGHTS), s4(WEIGHTS + 1), Address.at(X4));
        a.emit(ADD, X4, X4, STEP);
        a.movi(new Vector(ZERO, Arrangement.B16), zeroIn);
        for (int pixel = 0; pixel < tile.pixels(); pixel++) {
            new ByteLanes(a, tile.outputs()).load(s4(INPUT), tile.input(pixel));
            lessZero(MORE_INPUT, Arrangement.B16);
            lessZero(INPUT, Arrangement.B8);
            for (int vector = 0; vector < tile.vectors(); vector++) {
                Arrangement half = vector % 2 == 0 ? Arrangement.H4 : Arrangement.H8;
                var input = new Vector(vector < 2 ? INPUT : MORE_INPUT, half);
                a.emit(SMLAL, tile.sum(pixel, vector), input, new Vector(WEIGHTS + vector / 2, half));
            }
        }
        return 0;
    }

    private void lessZero(int dst, Arrangement half) {
        a.emit(USUBL, new Vector(dst, Arrangement.H8), new Vector(INPUT, half), new Vector(ZERO, half));
    }

    @Override
    public void results(PixelTile tile) {
        results.emit(tile);
    }
}
