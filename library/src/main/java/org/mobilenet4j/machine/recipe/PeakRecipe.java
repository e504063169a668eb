package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD213PS;
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
/// address of [#sums] floats, and how many rounds to do, at least one.
public final class PeakRecipe {
    private PeakRecipe() {}

    /// Sums that take part: all registers hold some, but for the one that holds 1/2.
    public static int sums(Isa isa) {
        return (isa.registers() - 1) * isa.width().floats();
    }

    /// Writes the routine of that name.
    public static void emit(X64Assembler a, CallingConvention convention, String name, Isa isa) {
        Routine routine = Routine.begin(a, convention, name, 0, Set.of());
        int last = isa.registers() - 1;
        var half = Vector.of(last, isa.width());
        a.emit(VBROADCASTSS, half, a.constant(0.5f));
        for (int i = 0; i < last; i++) {
            a.emit(
                    VMOVUPS,
                    Vector.of(i, isa.width()),
                    Mem.at(RDI, i * isa.width().bytes()));
        }
        Label next = a.here();
        for (int i = 0; i < last; i++) {
            a.emit(VFMADD213PS, Vector.of(i, isa.width()), half, half);
        }
        a.emit(SUB, RSI, 1);
        a.jcc(Condition.NOT_EQUAL, next);
        for (int i = 0; i < last; i++) {
            a.emit(VMOVUPS_STORE, Mem.at(RDI, i * isa.width().bytes()), Vector.of(i, isa.width()));
        }
        routine.end();
    }
}
