package org.mobilenet4j.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RBX;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV32;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.machine.x64.ArrayRoutine;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;

/// What a routine on arrays finds, in both conventions; Windows' by code that does what Windows' callers do.
class ArrayRoutineTest {
    private static final int ARRAYS = ArrayRoutine.ARRAYS.size();
    private static final int NUMBERS = 6;

    private final Target target = TestTarget.get();

    static List<CallingConvention> conventions() {
        return List.of(CallingConvention.SYSTEM_V, CallingConvention.WINDOWS);
    }

    /// Addresses, bytes to skip, numbers: no two alike.
    private static long[] arguments() {
        var arguments = new long[2 * ARRAYS + NUMBERS];
        Arrays.setAll(arguments, i -> (i + 3L) * (i + 3) * (i < ARRAYS ? 1000 : 1));
        return arguments;
    }

    private static long wanted(long[] arguments) {
        long sum = 0;
        for (int i = 0; i < ARRAYS; i++) {
            sum += (i + 1) * (arguments[i] + arguments[ARRAYS + i]);
        }
        for (int i = 0; i < NUMBERS; i++) {
            sum += (ARRAYS + i + 1) * arguments[2 * ARRAYS + i];
        }
        return sum;
    }

    private static void weigh(X64Assembler a, CallingConvention convention) {
        ArrayRoutine routine = ArrayRoutine.begin(a, convention, "weigh", ARRAYS, 16);
        a.mov(RAX, 0);
        for (int i = 0; i < ARRAYS; i++) {
            a.imul(RBX, ArrayRoutine.ARRAYS.get(i), i + 1);
            a.emit(ADD, RAX, RBX);
        }
        a.store(routine.local(8), RBX, 8);
        for (int i = 0; i < NUMBERS; i++) {
            a.emit(MOV, RBX, routine.number(i));
            a.imul(RBX, RBX, ARRAYS + i + 1);
            a.emit(ADD, RAX, RBX);
        }
        routine.end();
    }

    @ParameterizedTest
    @MethodSource("conventions")
    void findsAddressesAndNumbers(CallingConvention convention) {
        var a = new X64Assembler();
        Routine caller = Routine.begin(a, target.convention(), "caller", 512);
        long[] arguments = arguments();
        int inRegisters = convention.arguments().size();
        for (int i = arguments.length - 1; i >= 0; i--) {
            Gpr register = i < inRegisters ? convention.arguments().get(i) : RAX;
            a.mov(register, arguments[i]);
            if (i >= inRegisters) {
                a.store(caller.local(convention.shadowSpace() + 8 * (i - inRegisters)), RAX, 8);
            }
        }
        Label callee = a.label();
        a.call(callee);
        caller.end();
        a.align(64);
        a.bind(callee);
        weigh(a, convention);
        try (Arena arena = Arena.ofConfined()) {
            NativeRoutine routine = target.load(a.finish(), arena).routine("caller");
            assertThat(routine.call(0, 0, 0, 0, 0, 0)).isEqualTo(wanted(arguments));
        }
    }

    @Test
    void arraysOnTheHeapAreReadAndWrittenWhereTheyAre() {
        var a = new X64Assembler();
        ArrayRoutine routine = ArrayRoutine.begin(a, target.convention(), "swap", ARRAYS, 0);
        for (int i = 0; i < ARRAYS; i++) {
            Gpr place = ArrayRoutine.ARRAYS.get(i);
            a.emit(MOV32, RAX, Mem.at(place));
            a.store(Mem.at(place, 4), RAX, 4);
        }
        routine.end();
        var arrays = new float[ARRAYS][40];
        for (int i = 0; i < ARRAYS; i++) {
            arrays[i][i + 2] = i + 0.5f;
        }
        try (Arena arena = Arena.ofConfined()) {
            target.load(a.finish(), arena)
                    .routine("swap")
                    .call(
                            arrays[0], arrays[1], arrays[2], arrays[3], arrays[4], arrays[5], arrays[6], arrays[7], 2,
                            3, 4, 5, 6, 7, 8, 9, 0, 0, 0, 0, 0, 0);
        }
        for (int i = 0; i < ARRAYS; i++) {
            var wanted = new float[40];
            wanted[i + 2] = i + 0.5f;
            wanted[i + 3] = i + 0.5f;
            assertThat(arrays[i]).containsExactly(wanted);
        }
    }
}
