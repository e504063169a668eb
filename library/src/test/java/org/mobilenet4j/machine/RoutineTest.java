package org.mobilenet4j.machine;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mobilenet4j.machine.x64.Gpr.R11;
import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R15;
import static org.mobilenet4j.machine.x64.Gpr.R8;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RBP;
import static org.mobilenet4j.machine.x64.Gpr.RBX;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.Gpr.RSP;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;

/// What a routine finds and leaves. Windows' convention is run here too, called by code that does what Windows'
/// callers do.
class RoutineTest {
    private static final long WANTED = 1 + 2 * 20 + 3 * 300 + 4 * 4_000 + 5 * 50_000 + 6 * 600_000;

    private final Target target = TestTarget.get();

    /// Weighs its arguments, then overwrites all that it may.
    private static void weigh(X64Assembler a, CallingConvention convention, int locals) {
        Routine routine = Routine.begin(a, convention, "weigh", locals);
        a.mov(RAX, 0);
        for (int i = 0; i < 6; i++) {
            a.imul(RBX, Routine.ARGUMENTS.get(i), i + 1);
            a.emit(ADD, RAX, RBX);
        }
        for (int i = 0; i < locals; i += 8) {
            a.store(routine.local(i), RBX, 8);
        }
        for (Gpr register : Gpr.values()) {
            if (register != RSP && register != RBP && register != RAX) {
                a.mov(register, -1);
            }
        }
        for (int i = 0; i < 16; i++) {
            a.emit(VMOVUPS, Vector.xmm(i), a.constant(-1f, -2f, -3f, -4f));
        }
        routine.end();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 64, 200, Routine.MOST_LOCALS})
    void argumentsComeInTheSameRegisters(int locals) {
        var a = new X64Assembler();
        weigh(a, target.convention(), locals);
        try (Arena arena = Arena.ofConfined()) {
            NativeRoutine routine = target.load(a.finish(), arena).routine("weigh");
            assertThat(routine.call(1, 20, 300, 4_000, 50_000, 600_000)).isEqualTo(WANTED);
        }
    }

    @Test
    void localsBeginOnACacheLine() {
        var a = new X64Assembler();
        Routine routine = Routine.begin(a, target.convention(), "place", 100);
        a.lea(RAX, routine.local(0));
        routine.end();
        try (Arena arena = Arena.ofConfined()) {
            assertThat(target.load(a.finish(), arena).routine("place").call(0, 0, 0, 0, 0, 0) % 64)
                    .isZero();
        }
    }

    @Test
    void localsHaveALimit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Routine.begin(new X64Assembler(), CallingConvention.WINDOWS, "large", Routine.MOST_LOCALS + 1));
    }

    @Test
    void conventionsAreThoseOfTheirSystems() {
        CallingConvention windows = CallingConvention.WINDOWS;
        assertThat(windows.arguments()).containsExactly(RCX, RDX, R8, R9);
        assertThat(windows.kept()).containsExactlyInAnyOrder(RBX, RDI, RSI, R12, R13, R14, R15);
        assertThat(windows.shadowSpace()).isEqualTo(32);
        assertThat(windows.firstVector()).isEqualTo(6);
        assertThat(windows.keptVectors()).isEqualTo(10);
        CallingConvention others = CallingConvention.SYSTEM_V;
        assertThat(others.arguments()).containsExactly(RDI, RSI, RDX, RCX, R8, R9);
        assertThat(others.kept()).containsExactlyInAnyOrder(RBX, R12, R13, R14, R15);
        assertThat(others.keptVectors()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 64, 200, Routine.MOST_LOCALS})
    void keepsWhatWindowsWantsBack(int locals) {
        assertKept(CallingConvention.WINDOWS, locals);
    }

    @Test
    void keepsWhatOtherSystemsWantBack() {
        assertKept(CallingConvention.SYSTEM_V, 8);
    }

    /// Gives all that is to be kept a value of its own, calls, and looks whether it has it still.
    private void assertKept(CallingConvention convention, int locals) {
        var a = new X64Assembler();
        Label callee = a.label();
        caller(a, convention, callee);
        a.align(64);
        a.bind(callee);
        weigh(a, convention, locals);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment seen = arena.allocate(JAVA_LONG, 64);
            NativeRoutine caller = target.load(a.finish(), arena).routine("caller");
            assertThat(caller.call(seen.address(), 0, 0, 0, 0, 0)).isEqualTo(WANTED);

            List<Gpr> kept = convention.kept();
            for (int i = 0; i < kept.size(); i++) {
                assertThat(seen.getAtIndex(JAVA_LONG, i)).as(kept.get(i) + "").isEqualTo(1000 + i);
            }
            for (int i = 0; i < convention.keptVectors(); i++) {
                assertThat(seen.getAtIndex(JAVA_LONG, 20 + 2 * i))
                        .as("vector " + i)
                        .isEqualTo(i * 0x1_0000_0001L);
                assertThat(seen.getAtIndex(JAVA_LONG, 21 + 2 * i))
                        .as("vector " + i)
                        .isEqualTo(i * 0x1_0000_0001L);
            }
        }
    }

    private void caller(X64Assembler a, CallingConvention convention, Label callee) {
        Routine caller = Routine.begin(a, target.convention(), "caller", 512);
        Mem seen = caller.local(256);
        a.store(seen, RDI, 8);
        for (int i = 0; i < convention.keptVectors(); i++) {
            a.emit(VMOVUPS, Vector.xmm(convention.firstVector() + i), a.constant(i, i, i, i));
        }
        for (int i = 0; i < convention.kept().size(); i++) {
            a.mov(convention.kept().get(i), 1000 + i);
        }
        long[] arguments = {1, 20, 300, 4_000, 50_000, 600_000};
        int inRegisters = convention.arguments().size();
        // The locals begin where RSP points: arguments on the stack lie there, behind the shadow space.
        for (int i = 0; i < arguments.length; i++) {
            if (i < inRegisters) {
                a.mov(convention.arguments().get(i), arguments[i]);
            } else {
                a.mov(RAX, arguments[i]);
                a.store(caller.local(convention.shadowSpace() + 8 * (i - inRegisters)), RAX, 8);
            }
        }
        a.call(callee);
        a.emit(MOV, R11, seen);
        for (int i = 0; i < convention.kept().size(); i++) {
            a.store(Mem.at(R11, 8 * i), convention.kept().get(i), 8);
        }
        for (int i = 0; i < convention.keptVectors(); i++) {
            a.emit(VMOVUPS_STORE, Mem.at(R11, 160 + 16 * i), Vector.xmm(convention.firstVector() + i));
        }
        caller.end();
    }
}
