package org.mobilenet4j.machine.recipe;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Consumer;
import org.mobilenet4j.machine.ArmRunner;
import org.mobilenet4j.machine.ArmRunner.Buffer;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.NativeRoutine;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.code.Code;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.X64Assembler;

/// A routine that a recipe writes, on this processor, or on an AArch64 one that is emulated.
interface TestRoutine {
    /// Writes a routine, and nothing else.
    interface X64Recipe {
        void emit(X64Assembler assembler, CallingConvention convention);
    }

    /// Runs it.
    ///
    /// @param isGuardBehind where the forbidden pages lie beside `in` and `out`; for others they lie behind
    void call(
            MemorySegment in,
            MemorySegment weights,
            MemorySegment bias,
            MemorySegment out,
            boolean isGuardBehind,
            long from,
            long to);

    /// The routine for these instructions; skips the test where there is nothing to run it on.
    static TestRoutine of(Isa isa, Arena arena, X64Recipe x64, Consumer<A64Assembler> a64) {
        if (!isa.isArm()) {
            var a = new X64Assembler();
            x64.emit(a, TestTarget.with(isa).convention());
            return here(a.finish(), isa, arena);
        }
        var a = new A64Assembler();
        a64.accept(a);
        return TestTarget.has(isa) ? here(a.finish(), isa, arena) : emulated(a.finish());
    }

    private static TestRoutine here(Code code, Isa isa, Arena arena) {
        Target target = TestTarget.with(isa);
        NativeRoutine routine =
                target.load(code, arena).routine(code.entries().getFirst().name());
        return (in, weights, bias, out, _, from, to) ->
                routine.call(in.address(), weights.address(), bias.address(), out.address(), from, to);
    }

    private static TestRoutine emulated(Code code) {
        ArmRunner runner = ArmRunner.get();
        return (in, weights, bias, out, isGuardBehind, from, to) -> runner.call(
                code,
                List.of(
                        new Buffer(in, isGuardBehind),
                        new Buffer(weights, true),
                        new Buffer(bias, true),
                        new Buffer(out, isGuardBehind)),
                from,
                to);
    }
}
