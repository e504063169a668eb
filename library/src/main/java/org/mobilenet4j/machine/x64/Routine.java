package org.mobilenet4j.machine.x64;

import static org.mobilenet4j.machine.x64.Gpr.RBP;
import static org.mobilenet4j.machine.x64.Gpr.RSP;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mobilenet4j.machine.x64.instruction.Alu;
import org.mobilenet4j.machine.x64.instruction.Move;
import org.mobilenet4j.machine.x64.instruction.Store;
import org.mobilenet4j.machine.x64.instruction.Unary;

/// The beginning and the end of a routine that is called with six integers. Between the two, whatever the platform,
/// the arguments are in [#ARGUMENTS], all registers but RSP and RBP may be overwritten, and RAX holds the result.
///
/// ```java
/// Routine routine = Routine.begin(a, convention, "sum", 0);
/// a.lea(RAX, Mem.at(RDI, RSI, 1, 0));
/// routine.end();
/// ```
public final class Routine {
    /// Where a routine finds its arguments.
    public static final List<Gpr> ARGUMENTS = CallingConvention.SYSTEM_V.arguments();

    /// The most bytes of locals: Windows wants to be asked page by page for more of the stack.
    public static final int MOST_LOCALS = 3072;

    private static final int LINE = 64;

    private final X64Assembler assembler;
    private final CallingConvention convention;
    private final List<Gpr> kept;
    /// Bytes of the locals, above which the vectors are kept.
    private final int locals;

    private Routine(X64Assembler assembler, CallingConvention convention, List<Gpr> kept, int locals) {
        this.assembler = assembler;
        this.convention = convention;
        this.kept = kept;
        this.locals = locals;
    }

    /// Begins one, which may overwrite all general registers but RSP and RBP.
    ///
    /// @param name   for profilers
    /// @param locals bytes of the stack, at [#local], up to [#MOST_LOCALS]
    public static Routine begin(X64Assembler assembler, CallingConvention convention, String name, int locals) {
        return begin(assembler, convention, name, locals, Set.of(Gpr.values()));
    }

    /// Begins one that overwrites, of the general registers, its arguments' and `used` at most.
    public static Routine begin(
            X64Assembler assembler, CallingConvention convention, String name, int locals, Set<Gpr> used) {
        if (locals < 0 || locals > MOST_LOCALS) {
            throw new IllegalArgumentException("a routine has 0 to " + MOST_LOCALS + " bytes of locals, not " + locals);
        }
        var kept = new ArrayList<Gpr>();
        for (Gpr register : convention.kept()) {
            if (used.contains(register) || ARGUMENTS.contains(register)) {
                kept.add(register);
            }
        }
        int onLines = (locals + LINE - 1) / LINE * LINE;
        var routine = new Routine(assembler, convention, List.copyOf(kept), onLines);
        assembler.entry(name);
        routine.begin();
        return routine;
    }

    private void begin() {
        assembler.push(RBP);
        assembler.emit(Move.MOV, RBP, RSP);
        for (Gpr register : kept) {
            assembler.push(register);
        }
        int frame = locals + 16 * convention.keptVectors();
        if (frame > 0) {
            assembler.emit(Alu.SUB, RSP, frame);
            assembler.emit(Alu.AND, RSP, -LINE);
        }
        for (int i = 0; i < convention.keptVectors(); i++) {
            assembler.emit(Store.VMOVUPS_STORE, Mem.at(RSP, locals + 16 * i), Vector.xmm(convention.firstVector() + i));
        }
        // Each is read before it is overwritten, as no convention has an argument in a later one's place.
        int inRegisters = convention.arguments().size();
        for (int i = 0; i < ARGUMENTS.size(); i++) {
            Gpr argument = ARGUMENTS.get(i);
            if (i >= inRegisters) {
                assembler.emit(Move.MOV, argument, argument(i));
            } else if (convention.arguments().get(i) != argument) {
                assembler.emit(Move.MOV, argument, convention.arguments().get(i));
            }
        }
    }

    /// Where the caller put an argument behind those in [#ARGUMENTS].
    ///
    /// @param index counted from 0; at least 6
    Mem argument(int index) {
        int onStack = index - convention.arguments().size();
        // Above RBP lie the caller's RBP, the return address, and the shadow space.
        return Mem.at(RBP, 16 + convention.shadowSpace() + 8 * onStack);
    }

    /// A place among the locals, which begin on a cache line.
    public Mem local(int offset) {
        return Mem.at(RSP, offset);
    }

    /// Gives back what the caller wants back, and returns.
    public void end() {
        for (int i = 0; i < convention.keptVectors(); i++) {
            assembler.emit(Unary.VMOVUPS, Vector.xmm(convention.firstVector() + i), Mem.at(RSP, locals + 16 * i));
        }
        assembler.vzeroupper();
        if (!kept.isEmpty()) {
            assembler.lea(RSP, Mem.at(RBP, -8 * kept.size()));
        } else {
            assembler.emit(Move.MOV, RSP, RBP);
        }
        for (Gpr register : kept.reversed()) {
            assembler.pop(register);
        }
        assembler.pop(RBP);
        assembler.ret();
    }
}
