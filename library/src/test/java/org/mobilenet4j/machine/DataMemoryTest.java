package org.mobilenet4j.machine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Memory off the heap: of the size that was asked for, on cache lines, zero, and writable to its ends.
class DataMemoryTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 63, 4096, 100_000, DataMemory.HUGE - 1, DataMemory.HUGE, DataMemory.HUGE + 1, 5_000_001})
    void isAlignedAndZero(long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            for (int i = 0; i < 3; i++) {
                MemorySegment memory = TestTarget.get().allocate(bytes, arena);
                assertThat(memory.byteSize()).isEqualTo(bytes);
                assertThat(memory.address() % (bytes < DataMemory.HUGE ? DataMemory.LINE : DataMemory.HUGE))
                        .isZero();
                assertThat(memory.asByteBuffer().mismatch(ByteBuffer.allocate((int) bytes)))
                        .isEqualTo(-1);
                memory.set(JAVA_BYTE, 0, (byte) 1);
                memory.set(JAVA_BYTE, bytes - 1, (byte) 1);
            }
        }
    }
}
