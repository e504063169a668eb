package org.mobilenet4j.machine.recipe.integer;

import static org.mobilenet4j.machine.x64.instruction.Binary.VANDPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD231PS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPACKSSDW;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPACKUSWB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPADDD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPADDQ;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPADDSW;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPERMD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMAXUB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMINUB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMULDQ;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPSLLVD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPSRLVQ;
import static org.mobilenet4j.machine.x64.instruction.BinaryImm.VPTERNLOGD;
import static org.mobilenet4j.machine.x64.instruction.BinaryImm.VRANGEPS;
import static org.mobilenet4j.machine.x64.instruction.BinaryImm.VSHUFPS;
import static org.mobilenet4j.machine.x64.instruction.Compare.VCMPPS;
import static org.mobilenet4j.machine.x64.instruction.MaskOp.KORTESTW;
import static org.mobilenet4j.machine.x64.instruction.Shift.VPSRAD;
import static org.mobilenet4j.machine.x64.instruction.Shift.VPSRLQ;
import static org.mobilenet4j.machine.x64.instruction.Unary.VCVTDQ2PS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VCVTPS2DQ;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;
import static org.mobilenet4j.machine.x64.instruction.UnaryImm.VPSHUFD;
import static org.mobilenet4j.machine.x64.instruction.UnaryImm.VREDUCEPS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mask;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// Requantizes sums, which include the bias, as [OutputRescaling#apply(int, int)] does, to the bit, and
/// makes bytes of them.
///
/// **Integers.** Floors nest: with `s` the significand and `r` bits to the right, half up is `floor((x
/// * s + 2^30 + 2^(30+r)) / 2^(31+r))`, without the last half where `r` is 0. Half away from zero takes
/// 2^31 less where `x` is negative; where the first rounding makes 0 of it, that changes nothing. With
/// 2^63 more the sum is positive, and a shift that knows no signs does.
///
/// **Floats.** Half of that is `floor(v + 1/2 ± h + e)` with `v = x * s / 2^(31+r)`, `h = 2^-(r+1)` and
/// an `e` that breaks ties. In floats `x`, `s` and their sum are each rounded by 2^-24 of themselves,
/// which is at most 2^-14 in all where the result is not clamped anyway: so the nearest integer is
/// right unless `v ± h` is within that of a half. Of such sums, which are rare, the integers decide.
/// [#isSafe] tells where `x` and `v` fit what they are held in.
public final class RequantizeCode {
    /// Registers beside one for each vector.
    static final int SPARES = 3;

    /// How near to a half in floats the integers decide: twice what is needed.
    private static final float NEAR_HALF = 0.5f - 0x1p-13f;

    /// The greatest results that are converted to integers with some to spare, in either direction.
    private static final double MOST_RESULT = 1 << 30;

    private static final int GREATER_EQUAL = 13, GREATEST_MAGNITUDE = 0xB, NEAREST = 0, A_OR_B_AND_C = 0xF8;
    private static final int EVENS = 0xA0, ODDS = 0xF5, EVENS_OF_BOTH = 0x88, INTERLEAVED = 0xD8;

    private final X64Assembler a;
    private final Isa isa;
    private final OutputRescaling rescaling;
    private final int zero;
    private final ChannelParameters parameters;
    private final Gpr pointer;
    private final boolean isNatural;
    private final boolean isFloat;
    /// Whether halves go away from zero and that makes a difference.
    private final boolean isOutward;
    private final boolean shiftsLeft;
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
        this.rescaling = rescaling;
        this.zero = zero;
        this.parameters = parameters;
        this.pointer = pointer;
        this.isNatural = isNatural;
        this.isFloat = isa.width() == Width.ZMM && isSafe(rescaling);
        this.isOutward = !rescaling.halvesGoUp() && rescaling.low() < 0;
        boolean isLeft = false;
        for (int c = 0; c < rescaling.channels(); c++) {
            isLeft |= rescaling.multiplier(c).shift() > 0;
        }
        this.shiftsLeft = isLeft;
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
        lanes.store(out, pack(vectors, width));
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

    private void copy(int first, int vectors, Width width) {
        for (int i = 0; i < vectors; i++) {
            a.emit(VMOVUPS, Vector.of(result(i), width), Vector.of(first + i, width));
        }
    }

    private void floats(int first, Exact exact) {
        int vectors = exact.vectors;
        Width width = exact.width;
        Vector value = Vector.of(spare(0), width);
        Vector fraction = Vector.of(spare(1), width);
        Vector most = Vector.of(spare(2), width);
        for (int i = 0; i < vectors; i++) {
            Vector sum = Vector.of(first + i, width);
            Vector result = Vector.of(result(i), width);
            a.emit(VMOVUPS, result, at(parameters.half(), i, exact));
            a.emit(VCVTDQ2PS, value, sum);
            if (isOutward) {
                a.emit(VPTERNLOGD, result, sum, a.constant(Integer.MIN_VALUE).broadcast(), A_OR_B_AND_C);
            }
            a.emit(VFMADD231PS, result, value, at(parameters.factor(), i, exact));
            a.emit(VREDUCEPS, i == 0 ? most : fraction, result, NEAREST);
            if (i > 0 || vectors == 1) {
                a.emit(VRANGEPS, most, most, i == 0 ? most : fraction, GREATEST_MAGNITUDE);
            }
            a.emit(VCVTPS2DQ, result, result);
        }
        a.emit(VCMPPS, Mask.K2, most, a.constant(NEAR_HALF).broadcast(), GREATER_EQUAL);
        a.emit(KORTESTW, Mask.K2, Mask.K2);
        var detour = new Detour(a.label(), a.label(), first, exact);
        a.jcc(Condition.NOT_EQUAL, detour.begin);
        a.bind(detour.end);
        detours.add(detour);
    }

    /// A vector's values there.
    private Mem at(int array, int vector, Exact exact) {
        return Mem.at(pointer, array + 4 * (parameters.lanes() * vector + exact.lane));
    }

    /// Those of its even or odd lanes, of 64 bits.
    private Mem at(int array, int vector, boolean isOdd, Exact exact) {
        return Mem.at(pointer, array + parameters.longs(vector, isOdd) + 4 * exact.lane);
    }

    /// Makes bytes of the results, in the order of the channels.
    private Vector pack(int vectors, Width width) {
        Vector low = Vector.of(result(0), width);
        Vector high = vectors > 2 ? Vector.of(result(2), width) : low;
        a.emit(VPACKSSDW, low, low, Vector.of(result(vectors > 1 ? 1 : 0), width));
        if (vectors > 2) {
            a.emit(VPACKSSDW, high, high, Vector.of(result(vectors > 3 ? 3 : 2), width));
        }
        if (zero != 0) {
            Mem zeros = words(zero, width);
            a.emit(VPADDSW, low, low, zeros);
            if (vectors > 2) {
                a.emit(VPADDSW, high, high, zeros);
            }
        }
        a.emit(VPACKUSWB, low, low, high);
        if (rescaling.low() + zero > 0) {
            a.emit(VPMAXUB, low, low, bytes(rescaling.low() + zero, width));
        }
        if (rescaling.high() + zero < 0xFF) {
            a.emit(VPMINUB, low, low, bytes(rescaling.high() + zero, width));
        }
        if (isNatural && width != Width.XMM) {
            Vector order = Vector.of(spare(0), width);
            a.emit(VMOVUPS, order, a.constant(order(width)));
            a.emit(VPERMD, low, order, low);
        }
        return low;
    }

    /// Packing leaves, in each 128 bits, four bytes of each vector; this puts a vector's together.
    private static int[] order(Width width) {
        int blocks = width.bytes() / Width.XMM.bytes();
        var order = new int[width.floats()];
        for (int i = 0; i < order.length; i++) {
            order[i] = Width.XMM.floats() * (i % blocks) + i / blocks;
        }
        return order;
    }

    private Mem words(int value, Width width) {
        return repeated(value << 16 | value & 0xFFFF, width);
    }

    private Mem bytes(int value, Width width) {
        return repeated(value * 0x01010101, width);
    }

    private Mem repeated(int value, Width width) {
        var values = new int[width.floats()];
        Arrays.fill(values, value);
        return a.constant(values);
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
                integers(i, exact);
            }
            a.ret();
        }
    }

    private void integers(int vector, Exact exact) {
        Width width = exact.width;
        Vector even = Vector.of(result(vector), width);
        Vector odd = Vector.of(spare(0), width);
        Vector other = Vector.of(spare(1), width);
        Vector signs = Vector.of(spare(2), width);
        if (shiftsLeft) {
            a.emit(VPSLLVD, even, even, at(parameters.left(), vector, exact));
        }
        if (isOutward) {
            a.emit(VPSRAD, signs, even, Integer.SIZE - 1);
        }
        a.emit(VMOVUPS, other, at(parameters.significand(), vector, exact));
        a.emit(VPSRLQ, odd, even, Integer.SIZE);
        a.emit(VPMULDQ, even, even, other);
        a.emit(VPSRLQ, other, other, Integer.SIZE);
        a.emit(VPMULDQ, odd, odd, other);
        round(vector, even, other, signs, false, exact);
        round(vector, odd, other, signs, true, exact);
        a.emit(VSHUFPS, even, even, odd, EVENS_OF_BOTH);
        a.emit(VPSHUFD, even, even, INTERLEAVED);
        a.emit(VPADDD, even, even, at(parameters.offset(), vector, exact));
        // Sums of 16 bits with the zero point follow, which saturate, so nothing else is to be clamped here.
    }

    private void round(int vector, Vector product, Vector other, Vector signs, boolean isOdd, Exact exact) {
        if (isOutward) {
            a.emit(VPSHUFD, other, signs, isOdd ? ODDS : EVENS);
            a.emit(VANDPS, other, other, at(parameters.nudge(), vector, isOdd, exact));
            a.emit(VPADDQ, product, product, other);
        }
        a.emit(VPADDQ, product, product, at(parameters.rounding(), vector, isOdd, exact));
        a.emit(VPSRLVQ, product, product, at(parameters.right(), vector, isOdd, exact));
    }
}
