package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VDPBF16PS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD213PS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPADDD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPDPBUSD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMADDWD;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Unary.VBROADCASTSS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import java.util.Set;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Mult-adds in registers, as [org.mobilenet4j.kernel.PeakKernel] defines them. Its routine takes `(sums, rounds)`: the
/// address of [#sums] floats or integers, and how many rounds to do, at least one.
public final class PeakRecipe {
    /// What is multiplied and added.
    public enum Work {
        /// A float, `sum = sum / 2 + 1/2`.
        FLOATS(1),
        /// Two numbers in bfloat16 by one instruction, `sum = sum + 2 * (1 * 1)`.
        BFLOAT16(2),
        /// Four bytes by one instruction, `sum = sum + 4 * (1 * 1)`.
        BYTES(4),
        /// Two words by two instructions, `sum = sum + 2 * (1 * 1)`.
        WORDS(2);

        private final int multAdds;

        Work(int multAdds) {
            this.multAdds = multAdds;
        }

        /// What maps of bytes are multiplied as with these instructions.
        public static Work ofIntegers(Isa isa) {
            return isa == Isa.AVX512_VNNI ? BYTES : WORDS;
        }

        /// Mult-adds of a sum in a round.
        public int multAdds() {
            return multAdds;
        }
    }

    private PeakRecipe() {}

    /// Sums that take part: all registers hold some, but for the one that holds the factors and one more.
    public static int sums(Isa isa) {
        return (isa.registers() - 2) * isa.width().floats();
    }

    /// Writes the routine of that name.
    public static void emit(X64Assembler a, CallingConvention convention, String name, Work work, Isa isa) {
        Routine routine = Routine.begin(a, convention, name, 0, Set.of());
        int last = isa.registers() - 2;
        var products = Vector.of(last, isa.width());
        var factors = Vector.of(last + 1, isa.width());
        a.emit(VBROADCASTSS, factors, a.constant(factors(work)));
        for (int i = 0; i < last; i++) {
            a.emit(
                    VMOVUPS,
                    Vector.of(i, isa.width()),
                    Mem.at(RDI, i * isa.width().bytes()));
        }
        Label next = a.here();
        for (int i = 0; i < last; i++) {
            var sums = Vector.of(i, isa.width());
            switch (work) {
                case FLOATS -> a.emit(VFMADD213PS, sums, factors, factors);
                case BFLOAT16 -> a.emit(VDPBF16PS, sums, factors, factors);
                case BYTES -> a.emit(VPDPBUSD, sums, factors, factors);
                case WORDS -> {
                    a.emit(VPMADDWD, products, factors, factors);
                    a.emit(VPADDD, sums, sums, products);
                }
            }
        }
        a.emit(SUB, RSI, 1);
        a.jcc(Condition.NOT_EQUAL, next);
        for (int i = 0; i < last; i++) {
            a.emit(VMOVUPS_STORE, Mem.at(RDI, i * isa.width().bytes()), Vector.of(i, isa.width()));
        }
        routine.end();
    }

    private static float factors(Work work) {
        return switch (work) {
            case FLOATS -> 0.5f;
            case BFLOAT16 -> Float.intBitsToFloat(0x3F803F80);
            case BYTES -> Float.intBitsToFloat(0x01010101);
            case WORDS -> Float.intBitsToFloat(0x00010001);
        };
    }
}
