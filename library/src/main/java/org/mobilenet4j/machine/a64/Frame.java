package org.mobilenet4j.machine.a64;

import static org.mobilenet4j.machine.a64.Register.SP;
import static org.mobilenet4j.machine.a64.Register.X29;
import static org.mobilenet4j.machine.a64.Register.X30;
import static org.mobilenet4j.machine.a64.instruction.Pair.LDP;
import static org.mobilenet4j.machine.a64.instruction.Pair.STP;
import static org.mobilenet4j.machine.a64.instruction.VectorPair.LDP_D;
import static org.mobilenet4j.machine.a64.instruction.VectorPair.STP_D;

import java.util.List;

/// The beginning and the end of a routine that is called as AAPCS64 has it, with six integers in X0 to X5. Between
/// the two, all registers but SP may be overwritten, and X0 holds the result.
///
/// ```java
/// Frame.begin(a, "sum");
/// a.emit(ADD, X0, X0, X1);
/// Frame.end(a);
/// ```
public final class Frame {
    /// Where a routine finds its arguments.
    public static final List<Register> ARGUMENTS =
            List.of(Register.X0, Register.X1, Register.X2, Register.X3, Register.X4, Register.X5);

    private static final List<Register> KEPT = List.of(
            X29,
            X30,
            Register.X19,
            Register.X20,
            Register.X21,
            Register.X22,
            Register.X23,
            Register.X24,
            Register.X25,
            Register.X26,
            Register.X27,
            Register.X28);

    /// The halves of vector registers that are the caller's: 8 of them, from this one on.
    private static final int FIRST_VECTOR = 8, VECTORS = 8;

    private static final int BYTES = 8 * (12 + VECTORS);

    private Frame() {}

    /// Begins one.
    ///
    /// @param name for profilers
    public static void begin(A64Assembler a, String name) {
        a.entry(name);
        a.emit(STP, X29, X30, Address.before(SP, -BYTES));
        a.mov(X29, SP);
        for (int i = 2; i < KEPT.size(); i += 2) {
            a.emit(STP, KEPT.get(i), KEPT.get(i + 1), Address.at(SP, 8 * i));
        }
        for (int i = 0; i < VECTORS; i += 2) {
            a.emit(STP_D, vector(i), vector(i + 1), Address.at(SP, 8 * (KEPT.size() + i)));
        }
    }

    /// Gives back what the caller wants back, and returns.
    public static void end(A64Assembler a) {
        for (int i = 0; i < VECTORS; i += 2) {
            a.emit(LDP_D, vector(i), vector(i + 1), Address.at(SP, 8 * (KEPT.size() + i)));
        }
        for (int i = 2; i < KEPT.size(); i += 2) {
            a.emit(LDP, KEPT.get(i), KEPT.get(i + 1), Address.at(SP, 8 * i));
        }
        a.emit(LDP, X29, X30, Address.after(SP, BYTES));
        a.ret();
    }

    private static Vector vector(int index) {
        return Vector.s4(FIRST_VECTOR + index);
    }
}
