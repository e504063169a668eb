package org.mobilenet4j.machine.recipe.a64;

import static org.mobilenet4j.machine.a64.Register.X2;
import static org.mobilenet4j.machine.a64.Vector.s4;
import static org.mobilenet4j.machine.a64.instruction.Binary.ADD_LANES;
import static org.mobilenet4j.machine.a64.instruction.Binary.AND_BITS;
import static org.mobilenet4j.machine.a64.instruction.Binary.SMAX;
import static org.mobilenet4j.machine.a64.instruction.Binary.SMIN;
import static org.mobilenet4j.machine.a64.instruction.Binary.SQADD;
import static org.mobilenet4j.machine.a64.instruction.Binary.SQRDMULH;
import static org.mobilenet4j.machine.a64.instruction.Binary.SRSHL;
import static org.mobilenet4j.machine.a64.instruction.Binary.SSHL;
import static org.mobilenet4j.machine.a64.instruction.Narrowing.XTN;
import static org.mobilenet4j.machine.a64.instruction.Shift.SSHR;
import static org.mobilenet4j.machine.a64.instruction.VectorMemory.LDR_Q;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.mobilenet4j.kernel.FixedPointMultiplier;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.a64.Address;
import org.mobilenet4j.machine.a64.Vector;
import org.mobilenet4j.machine.a64.instruction.Arrangement;

/// What becomes of a tile's integer sums: [OutputRescaling#apply(int, int)], to the bit, and the output's zero point.
/// A block's parameters are four rows of 16 integers: the bias, the shift to the left, the significand, and the shift
/// to
/// the right as a negative number.
record Requantizing(A64Assembler a, OutputRescaling rescaling, int zeroOut) {
    private static final int COLUMNS = Panels.COLUMNS;

    /// Bytes of a block's parameters.
    static final int BYTES = 4 * 4 * COLUMNS;

    private static final int ROW = 4 * COLUMNS;
    private static final Vector LEFT = s4(0), SIGNIFICAND = s4(1), RIGHT = s4(2), SPARE = s4(3);
    private static final Vector LOW = s4(4), HIGH = s4(5), ZERO = s4(6);

    /// Writes a channel's parameters.
    ///
    /// @param bias of the sums as the tile makes them
    static void pack(MemorySegment parameters, int block, int column, FixedPointMultiplier multiplier, int bias) {
        int[] values = {bias, Math.max(multiplier.shift(), 0), multiplier.significand(), Math.min(multiplier.shift(), 0)
        };
        for (int row = 0; row < values.length; row++) {
            long at = (long) block * BYTES + (long) row * ROW + 4L * column;
            parameters.set(ValueLayout.JAVA_INT, at, values[row]);
        }
    }

    /// Rescales, clamps and writes the sums; X30 and registers 0 to 6 are overwritten.
    void emit(PixelTile tile) {
        ClampCode.broadcast(a, LOW, rescaling.low());
        ClampCode.broadcast(a, HIGH, rescaling.high());
        ClampCode.broadcast(a, ZERO, zeroOut);
        for (int vector = 0; vector < tile.vectors(); vector++) {
            int at = vector * Lanes.BYTES;
            a.emit(LDR_Q, LEFT, Address.at(X2, ROW + at));
            a.emit(LDR_Q, SIGNIFICAND, Address.at(X2, 2 * ROW + at));
            a.emit(LDR_Q, RIGHT, Address.at(X2, 3 * ROW + at));
            for (int pixel = 0; pixel < tile.pixels(); pixel++) {
                rescale(tile.sum(pixel, vector));
            }
        }
        for (int pixel = 0; pixel < tile.pixels(); pixel++) {
            narrow(tile, pixel);
            new ByteLanes(a, tile.outputs()).store(tile.sum(pixel, 0), tile.output(pixel));
        }
    }

    private void rescale(Vector sum) {
        a.emit(SSHL, sum, sum, LEFT);
        a.emit(SQRDMULH, sum, sum, SIGNIFICAND);
        if (!rescaling.halvesGoUp()) {
            // Shifting rounds halves up; of a negative number they must go down, where there is a shift.
            a.emit(AND_BITS, SPARE.as(Arrangement.B16), sum.as(Arrangement.B16), RIGHT.as(Arrangement.B16));
            a.emit(SSHR, SPARE, SPARE, 31);
            a.emit(SQADD, sum, sum, SPARE);
        }
        a.emit(SRSHL, sum, sum, RIGHT);
        a.emit(SMAX, sum, sum, LOW);
        a.emit(SMIN, sum, sum, HIGH);
        a.emit(ADD_LANES, sum, sum, ZERO);
    }

    /// The lowest byte of each lane, in the first sum's register.
    private void narrow(PixelTile tile, int pixel) {
        int vectors = tile.vectors();
        for (int vector = 0; vector < vectors; vector++) {
            Vector sum = tile.sum(pixel, vector);
            int pair = tile.sum(pixel, vector / 2 * 2).number();
            a.emit(XTN, new Vector(pair, vector % 2 == 0 ? Arrangement.H4 : Arrangement.H8), sum);
        }
        for (int vector = 0; vector < vectors; vector += 2) {
            var halves = new Vector(tile.sum(pixel, vector).number(), Arrangement.H8);
            a.emit(XTN, tile.sum(pixel, 0).as(vector == 0 ? Arrangement.B8 : Arrangement.B16), halves);
        }
    }
}
