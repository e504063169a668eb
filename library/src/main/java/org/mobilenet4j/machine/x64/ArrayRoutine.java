package org.mobilenet4j.machine.x64;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R11;
import static org.mobilenet4j.machine.x64.Gpr.R8;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;

import java.util.List;
import org.mobilenet4j.machine.x64.instruction.Alu;
import org.mobilenet4j.machine.x64.instruction.Move;

/// The beginning and the end of a routine that works on arrays on the heap. Between the two, the addresses of where
/// its work begins in each of up to eight arrays are in [#ARRAYS], and up to six numbers are in memory; all registers
/// but RSP and RBP may be overwritten.
public final class ArrayRoutine {
    /// Where a routine finds the addresses.
    public static final List<Gpr> ARRAYS = List.of(RDI, RSI, RDX, RCX, R8, R9, R10, R11);

    private final Routine routine;

    private ArrayRoutine(Routine routine) {
        this.routine = routine;
    }

    /// Begins one.
    ///
    /// @param name   for profilers
    /// @param arrays how many it takes
    /// @param locals bytes of the stack, at [#local], up to [Routine#MOST_LOCALS]
    public static ArrayRoutine begin(
            X64Assembler assembler, CallingConvention convention, String name, int arrays, int locals) {
        var routine = Routine.begin(assembler, convention, name, locals);
        int all = ARRAYS.size();
        for (int i = 0; i < arrays; i++) {
            Gpr register = ARRAYS.get(i);
            if (i >= Routine.ARGUMENTS.size()) {
                assembler.emit(Move.MOV, register, routine.argument(i));
            }
            assembler.emit(Alu.ADD, register, routine.argument(all + i));
        }
        return new ArrayRoutine(routine);
    }

    /// A number, counted from 0, as 64 bits.
    public Mem number(int index) {
        return routine.argument(2 * ARRAYS.size() + index);
    }

    /// A place among the locals, which begin on a cache line.
    public Mem local(int offset) {
        return routine.local(offset);
    }

    /// Gives back what the caller wants back, and returns.
    public void end() {
        routine.end();
    }
}
