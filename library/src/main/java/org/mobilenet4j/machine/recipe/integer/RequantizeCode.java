package org.mobilenet4j.machine.recipe.integer;

import static org.mobilenet4j.machine.x64.instruction.Binary.VANDPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD132PS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD231PS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPACKSSDW;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPACKUSWB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPADDD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPADDQ;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPADDSW;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPANDD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPERMD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMAXUB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMINUB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMINUD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMULDQ;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPSLLVD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPSRLVQ;
import static org.mobilenet4j.machine.x64.instruction.BinaryImm.VPTERNLOGD;
import static org.mobilenet4j.machine.x64.instruction.BinaryImm.VSHUFPS;
import static org.mobilenet4j.machine.x64.instruction.MaskOp.KORTESTW;
import static org.mobilenet4j.machine.x64.instruction.Shift.VPSRAD;
import static org.mobilenet4j.machine.x64.instruction.Shift.VPSRLQ;
import static org.mobilenet4j.machine.x64.instruction.Test.VPTESTNMD;
import static org.mobilenet4j.machine.x64.instruction.Unary.VCVTDQ2PS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VCVTPS2DQ;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;
import static org.mobilenet4j.machine.x64.instruction.UnaryImm.VPSHUFD;

import java.util.ArrayList;
import java.util.Arrays;
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
/// **Integers.** Floors nest: with `s` the significand and `r` bits to the right, half up is `floor((x
/// * s + 2^30 + 2^(30+r)) / 2^(31+r))`, without the last half where `r` is 0. Half away from zero takes
/// 2^31 less where `x` is negative; where the first rounding makes 0 of it, that changes nothing. With
/// 2^63 more the sum is positive, and a shift that knows no signs does.
///
/// **Floats.** Half of that is `floor(v + 1/2 ± h + e)` with `v = x * s / 2^(31+r)`, `h = 2^-(r+1)` and
/// an `e` that breaks ties. In floats `x`, `s` and the sum are each rounded by 2^-24 of themselves,
/// which is less than 2^-14 in all where the result is not clamped anyway. So `v + 1/2 ± h` is
/// converted with 14 bits behind the point, and is right within one and a half of the last: unless
/// those bits are within 2 of a whole number, what is before the point is the result. Where they are,
/// which is rare, the integers decide. [#isSafe] tells where `x` and `v` fit what they are held in.
public final class RequantizeCode {
    /// Registers beside one for each vector.
    static final int SPARES = 4;

    /// Bits behind the point, and how far from a whole number they are certain.
    private static final int POINT = 14, UNCERTAIN = 2;

    /// The greatest values that are converted to integers with some to spare, in either direction.
    private static final double MOST_RESULT = 1 << (30 - POINT);

    /// A half, from which the uncertain lie upwards: nothing else is added for channels that there are
    /// not.
    static final float NO_HALF = (1 << (POINT - 1)) + UNCERTAIN;

    /// Spare registers' numbers; there is no half that is the same for all where there are signs.
    private static final int BITS = 0, LEAST = 1, FACTOR = 2, HALF = 3, SIGNS = HALF;
    private static final int A_OR_B_AND_C = 0xF8, EVENS = 0xA0, ODDS = 0xF5, EVENS_OF_BOTH = 0x88, INTERLEAVED = 0xD8;

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
        this.rescaling = rescaling;
        this.zero = zero;
        this.parameters = parameters;
        this.pointer = pointer;
        this.isNatural = isNatural;
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
        this.shiftsLeft = isLeft;
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
            // Zero where the bits behind the point are near a whole number.
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
            Vector order = Vector.of(spare(BITS), width);
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
        return repeated(value << 16 | (value & 0xFFFF), width);
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
        Vector odd = Vector.of(spare(BITS), width);
        Vector other = Vector.of(spare(LEAST), width);
        Vector signs = Vector.of(spare(SIGNS), width);
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
