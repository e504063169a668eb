package org.mobilenet4j.machine.recipe.integer;

import static org.mobilenet4j.machine.x64.instruction.Binary.VANDPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPADDD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPADDQ;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMULDQ;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPSLLVD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPSRLVQ;
import static org.mobilenet4j.machine.x64.instruction.BinaryImm.VSHUFPS;
import static org.mobilenet4j.machine.x64.instruction.Shift.VPSRAD;
import static org.mobilenet4j.machine.x64.instruction.Shift.VPSRLQ;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;
import static org.mobilenet4j.machine.x64.instruction.UnaryImm.VPSHUFD;

import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Multiplies sums by their channels' multipliers and rounds twice, by 64-bit products of the even and
/// of the odd lanes, as [org.mobilenet4j.kernel.OutputRescaling] does before it clamps.
///
/// Floors nest: with `s` the significand and `r` bits to the right, half up is `floor((x * s + 2^30 +
/// 2^(30+r)) / 2^(31+r))`, without the last half where `r` is 0. Half away from zero takes 2^31 less
/// where `x` is negative; where the first rounding makes 0 of it, that changes nothing. With 2^63 more
/// the sum is positive, and a shift that knows no signs does.
///
/// @param pointer    at the block's parameters
/// @param shiftsLeft whether any sums are shifted to the left
/// @param isOutward  whether halves go away from zero
/// @param odd        a register that is overwritten
/// @param other      one more
/// @param signs      one more, if `isOutward`
record FixedPointCode(
        X64Assembler a,
        ChannelParameters parameters,
        Gpr pointer,
        boolean shiftsLeft,
        boolean isOutward,
        int odd,
        int other,
        int signs) {
    private static final int EVENS = 0xA0, ODDS = 0xF5, EVENS_OF_BOTH = 0x88, INTERLEAVED = 0xD8;

    /// Makes results of a block's vector of sums, in place.
    ///
    /// @param lane the first lane's place in the block's vector
    void emit(Vector sums, int vector, int lane) {
        Vector odds = Vector.of(odd, sums.width());
        Vector factors = Vector.of(other, sums.width());
        if (shiftsLeft) {
            a.emit(VPSLLVD, sums, sums, parameters.at(pointer, parameters.left(), vector, lane));
        }
        if (isOutward) {
            a.emit(VPSRAD, Vector.of(signs, sums.width()), sums, Integer.SIZE - 1);
        }
        a.emit(VMOVUPS, factors, parameters.at(pointer, parameters.significand(), vector, lane));
        a.emit(VPSRLQ, odds, sums, Integer.SIZE);
        a.emit(VPMULDQ, sums, sums, factors);
        a.emit(VPSRLQ, factors, factors, Integer.SIZE);
        a.emit(VPMULDQ, odds, odds, factors);
        round(sums, EVENS, parameters.longs(vector, false) + 4 * lane);
        round(odds, ODDS, parameters.longs(vector, true) + 4 * lane);
        a.emit(VSHUFPS, sums, sums, odds, EVENS_OF_BOTH);
        a.emit(VPSHUFD, sums, sums, INTERLEAVED);
        a.emit(VPADDD, sums, sums, parameters.at(pointer, parameters.offset(), vector, lane));
    }

    /// @param half which lanes' signs these products have
    /// @param at   the lanes' place in arrays of 64 bits
    private void round(Vector products, int half, int at) {
        if (isOutward) {
            Vector nudge = Vector.of(other, products.width());
            a.emit(VPSHUFD, nudge, Vector.of(signs, products.width()), half);
            a.emit(VANDPS, nudge, nudge, Mem.at(pointer, parameters.nudge() + at));
            a.emit(VPADDQ, products, products, nudge);
        }
        a.emit(VPADDQ, products, products, Mem.at(pointer, parameters.rounding() + at));
        a.emit(VPSRLVQ, products, products, Mem.at(pointer, parameters.right() + at));
    }
}
