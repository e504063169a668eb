package org.mobilenet4j.machine.recipe.integer;

import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD132PS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD231PS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPADDD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPANDD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMINUD;
import static org.mobilenet4j.machine.x64.instruction.BinaryImm.VPTERNLOGD;
import static org.mobilenet4j.machine.x64.instruction.MaskOp.KORTESTW;
import static org.mobilenet4j.machine.x64.instruction.Shift.VPSRAD;
import static org.mobilenet4j.machine.x64.instruction.Test.VPTESTNMD;
import static org.mobilenet4j.machine.x64.instruction.Unary.VCVTDQ2PS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VCVTPS2DQ;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.kernel.FixedPointMultiplier;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mask;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Operand;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// Requantizes sums, which include the bias, as [OutputRescaling#apply(int, int)] does, to the bit, and
/// makes bytes of them.
///
/// That is two roundings in 64 bits ([FixedPointCode]), most of which floats can do:
///
/// What is to be found is `floor(v + 1/2 ± h + e)` with `v = x * s / 2^(31+r)`, `h = 2^-(r+1)` and
/// an `e` that breaks ties. In floats `x`, `s` and the sum are each rounded by 2^-24 of themselves,
/// which is less than 2^-14 in all where the result is not clamped anyway. So `v + 1/2 ± h` is
/// converted with 14 bits behind the point, and is right within one and a half of the last: unless
/// those bits are within 2 of an integer, what is before the point is the result. Where they are,
/// which is rare, the integers decide. [#isSafe] tells where `x` and `v` fit what they are held in.
final class RequantizeCode {
    /// Registers beside one for each vector.
    static final int SPARES = 4;

    /// Bits behind the point, and how far from an integer they are certain.
    private static final int POINT = 14, UNCERTAIN = 2;

    /// The greatest values that are converted to integers with some to spare, in either direction.
    private static final double MOST_RESULT = 1 << (30 - POINT);

    /// A half, from which the uncertain lie upwards: nothing else is added for channels that there are
    /// not.
    static final float NO_HALF = (1 << (POINT - 1)) + UNCERTAIN;

    /// Spare registers' numbers; there is no half that is the same for all where there are signs.
    private static final int BITS = 0, LEAST = 1, FACTOR = 2, HALF = 3, SIGNS = HALF;
    private static final int A_OR_B_AND_C = 0xF8;

    private final X64Assembler a;
    private final Isa isa;
    private final PackCode pack;
    private final FixedPointCode integers;
    private final ChannelParameters parameters;
    private final Gpr pointer;
    private final boolean isFloat;
    /// Whether halves go away from zero and that makes a difference.
    private final boolean isOutward;
    private final boolean isOneFactor;
    private final boolean isOneHalf;
    private final List<Detour> detours = new ArrayList<>();
    private final List<Exact> exacts = new ArrayList<>();

    /// From a group of sums, for which floats do not decide, and back.
    private record Detour(Label begin, Label end, int first, Exact exact) {}

    /// The integers' way for so many vectors, from a lane of theirs on.
    private record Exact(Label label, int vectors, Width width, int lane) {}

    /// @param zero       the output's zero point
    /// @param parameters how those of a block lie
    /// @param pointer    at the block's parameters
    /// @param isNatural  whether the sums' channels come in their order; else each 128 bits of the
    ///     vectors hold channels in a row, as interleaving bytes leaves them
    RequantizeCode(
            X64Assembler a,
            Isa isa,
            OutputRescaling rescaling,
            int zero,
            ChannelParameters parameters,
            Gpr pointer,
            boolean isNatural) {
        this.a = a;
        this.isa = isa;
        this.parameters = parameters;
        this.pointer = pointer;
        this.isFloat = isa.width() == Width.ZMM && isSafe(rescaling);
        this.isOutward = isOutward(rescaling);
        var first = rescaling.multiplier(0);
        boolean isLeft = false;
        boolean isOneFactor = true;
        boolean isOneHalf = true;
        for (int c = 0; c < rescaling.channels(); c++) {
            var multiplier = rescaling.multiplier(c);
            isLeft |= multiplier.shift() > 0;
            isOneFactor &= multiplier.equals(first);
            isOneHalf &= multiplier.shift() == first.shift();
        }
        this.pack = new PackCode(a, rescaling.low(), rescaling.high(), zero, isNatural);
        this.integers =
                new FixedPointCode(a, parameters, pointer, isLeft, isOutward, spare(BITS), spare(LEAST), spare(SIGNS));
        this.isOneFactor = isOneFactor;
        this.isOneHalf = isOneHalf && !isOutward;
    }

    /// Whether halves go away from zero and that makes a difference: negative values may be clamped
    /// anyway.
    private static boolean isOutward(OutputRescaling rescaling) {
        return !rescaling.halvesGoUp() && rescaling.low() < 0;
    }

    /// A multiplier as a float, with the bits behind the point before it.
    static float factor(FixedPointMultiplier multiplier) {
        return (float) Math.scalb((double) multiplier.significand(), multiplier.shift() - (Integer.SIZE - 1) + POINT);
    }

    /// What is added to products with [#factor].
    static float half(FixedPointMultiplier multiplier, OutputRescaling rescaling) {
        float first = multiplier.shift() < 0 ? Math.scalb(1f, multiplier.shift() - 1 + POINT) : 0;
        return isOutward(rescaling) ? first : first + NO_HALF;
    }

    /// Whether sums and results fit 32 bits for every channel.
    private static boolean isSafe(OutputRescaling rescaling) {
        for (int c = 0; c < rescaling.channels(); c++) {
            var multiplier = rescaling.multiplier(c);
            double most = rescaling.mostSum() + Math.abs((double) rescaling.bias(c));
            double shifted = Math.scalb(most, Math.max(multiplier.shift(), 0));
            double result = Math.scalb(most * multiplier.significand(), multiplier.shift() - Integer.SIZE + 1);
            if (shifted > Integer.MAX_VALUE || result > MOST_RESULT) {
                return false;
            }
        }
        return true;
    }

    private int spare(int number) {
        return isa.registers() - 1 - number;
    }

    private int result(int vector) {
        return isa.registers() - 1 - SPARES - vector;
    }

    /// Requantizes the sums in so many registers from number `first` on, which may be overwritten, and
    /// writes bytes. The registers with the highest numbers are overwritten, one for each vector and
    /// [#SPARES].
    ///
    /// @param lane  the first lane's place in a block's vectors, where the registers are narrower: a
    ///     multiple of 4
    /// @param lanes how many bytes, prepared
    void emit(int first, int vectors, Width width, int lane, Mem out, ByteLanes lanes) {
        var exact = exact(vectors, width, lane);
        if (isFloat) {
            floats(first, exact);
        } else {
            copy(first, vectors, width);
            a.call(exact.label);
        }
        lanes.store(out, pack.emit(results(vectors, width), Vector.of(spare(BITS), width)));
    }

    private Exact exact(int vectors, Width width, int lane) {
        for (Exact each : exacts) {
            if (each.vectors == vectors && each.width == width && each.lane == lane) {
                return each;
            }
        }
        var exact = new Exact(a.label(), vectors, width, lane);
        exacts.add(exact);
        return exact;
    }

    private Vector[] results(int vectors, Width width) {
        var results = new Vector[vectors];
        for (int i = 0; i < vectors; i++) {
            results[i] = Vector.of(result(i), width);
        }
        return results;
    }

    private void copy(int first, int vectors, Width width) {
        for (int i = 0; i < vectors; i++) {
            a.emit(VMOVUPS, Vector.of(result(i), width), Vector.of(first + i, width));
        }
    }

    /// Fills registers with what is the same for all sums of a tile; to be called before its first.
    void begin(Width width) {
        if (!isFloat) {
            return;
        }
        if (isOneFactor) {
            a.emit(VMOVUPS, Vector.of(spare(FACTOR), width), Mem.at(pointer, parameters.factor()));
        }
        if (isOneHalf) {
            a.emit(VMOVUPS, Vector.of(spare(HALF), width), Mem.at(pointer, parameters.half()));
        }
    }

    private void floats(int first, Exact exact) {
        Vector bits = Vector.of(spare(BITS), exact.width);
        Vector least = Vector.of(spare(LEAST), exact.width);
        for (int i = 0; i < exact.vectors; i++) {
            Vector result = Vector.of(result(i), exact.width);
            product(Vector.of(first + i, exact.width), i, exact);
            a.emit(VCVTPS2DQ, result, result);
            if (isOutward) {
                a.emit(VPADDD, result, result, each((1 << (POINT - 1)) + UNCERTAIN));
            }
            // Zero where the bits behind the point are near an integer.
            a.emit(VPANDD, i == 0 ? least : bits, result, each((1 << POINT) - 2 * UNCERTAIN));
            if (i > 0) {
                a.emit(VPMINUD, least, least, bits);
            }
            a.emit(VPSRAD, result, result, POINT);
        }
        a.emit(VPTESTNMD, Mask.K2, least, least);
        a.emit(KORTESTW, Mask.K2, Mask.K2);
        var detour = new Detour(a.label(), a.label(), first, exact);
        a.jcc(Condition.NOT_EQUAL, detour.begin);
        a.bind(detour.end);
        detours.add(detour);
    }

    /// The sum times the factor, and the half.
    private void product(Vector sum, int vector, Exact exact) {
        Vector result = Vector.of(result(vector), exact.width);
        Vector value = Vector.of(spare(BITS), exact.width);
        Vector half = Vector.of(spare(HALF), exact.width);
        Operand factor = isOneFactor ? Vector.of(spare(FACTOR), exact.width) : at(parameters.factor(), vector, exact);
        if (isOneHalf) {
            a.emit(VCVTDQ2PS, result, sum);
            a.emit(VFMADD132PS, result, half, factor);
            return;
        }
        a.emit(VMOVUPS, result, at(parameters.half(), vector, exact));
        a.emit(VCVTDQ2PS, value, sum);
        if (isOutward) {
            a.emit(VPTERNLOGD, result, sum, each(Integer.MIN_VALUE), A_OR_B_AND_C);
        }
        a.emit(VFMADD231PS, result, value, factor);
    }

    private Mem each(int value) {
        return a.constant(value).broadcast();
    }

    private Mem at(int array, int vector, Exact exact) {
        return parameters.at(pointer, array, vector, exact.lane);
    }

    /// Writes what is seldom needed; to be called once, behind the routine.
    void finish() {
        for (Detour detour : detours) {
            a.bind(detour.begin);
            copy(detour.first, detour.exact.vectors, detour.exact.width);
            a.call(detour.exact.label);
            a.jmp(detour.end);
        }
        for (Exact exact : exacts) {
            a.bind(exact.label);
            for (int i = 0; i < exact.vectors; i++) {
                integers.emit(Vector.of(result(i), exact.width), i, exact.lane);
            }
            a.ret();
        }
    }
}
