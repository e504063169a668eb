package org.mobilenet4j.machine.recipe.bytes;

import static org.mobilenet4j.machine.x64.Gpr.RDX;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Unary;

/// Converts a vector of real numbers to bytes, or back.
abstract class NumberCode {
    final X64Assembler a;
    final Isa isa;

    NumberCode(X64Assembler assembler, Isa isa) {
        this.a = assembler;
        this.isa = isa;
    }

    final Vector v(int number) {
        return Vector.of(number, isa.width());
    }

    /// Fills registers, before the first vector.
    ///
    /// @param rest lanes of a vector that is not full; 0 where all are
    void prepare(int rest) {
        if (rest != 0) {
            new WidenedLanes(a, isa, rest, RDX).prepare();
        }
        constants();
    }

    abstract void constants();

    final void broadcast(int register, float value) {
        a.emit(Unary.VBROADCASTSS, v(register), a.constant(value));
    }

    final void broadcast(int register, int value) {
        a.emit(Unary.VPBROADCASTD, v(register), a.constant(value));
    }

    /// Converts one vector, of which those lanes are there; a whole vector of floats may be read or written.
    abstract void emit(Mem floats, Mem bytes, WidenedLanes lanes);
}
