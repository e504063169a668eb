package org.mobilenet4j.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RSI;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.mobilenet4j.machine.code.Code;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Loading code, calling it, and giving it back.
class CodeMemoryTest {
    private final Target target = TestTarget.get();

    private Code sum() {
        var a = new X64Assembler();
        Routine routine = Routine.begin(a, target.convention(), "sum", 0);
        a.lea(RAX, Mem.at(RDI, RSI, 1, 0));
        routine.end();
        return a.finish();
    }

    @Test
    void codeRunsUntilItsArenaIsClosed() {
        NativeRoutine routine;
        try (Arena arena = Arena.ofConfined()) {
            routine = target.load(sum(), arena).routine("sum");
            assertThat(routine.call(40, 2, 0, 0, 0, 0)).isEqualTo(42);
            assertThat(routine.address() % 64).isZero();
        }
        assertThatIllegalStateException().isThrownBy(() -> routine.call(40, 2, 0, 0, 0, 0));
    }

    @Test
    void routineThatIsNotThereIsNamed() {
        try (Arena arena = Arena.ofConfined()) {
            NativeCode code = target.load(sum(), arena);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> code.routine("product"))
                    .withMessageContaining("product");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void codeIsExecutableAndNotWritable() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long address = target.load(sum(), arena).routine("sum").address();
            assertThat(mappings())
                    .anySatisfy(line -> assertThat(line).contains(" r-xp ").startsWith(Long.toHexString(address)));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void tenThousandPiecesOfCodeLeaveNothingBehind() throws IOException {
        Code code = sum();
        int before = mappings().size();
        long bytesBefore = mappedBytes();
        for (int i = 0; i < 10_000; i++) {
            try (Arena arena = Arena.ofConfined()) {
                NativeRoutine routine = target.load(code, arena).routine("sum");
                target.allocate(4 << 20, arena);
                assertThat(routine.call(i, 1, 0, 0, 0, 0)).isEqualTo(i + 1);
            }
        }
        // Other threads' stacks and heaps come and go meanwhile.
        assertThat(mappings().size()).isLessThan(before + 100);
        assertThat(mappedBytes()).isLessThan(bytesBefore + (1 << 30));
    }

    private static long mappedBytes() throws IOException {
        String sizes = Files.readString(Path.of("/proc/self/statm"));
        return Long.parseLong(sizes.substring(0, sizes.indexOf(' '))) * CodeMemory.PAGE;
    }

    private static List<String> mappings() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps"));
    }
}
