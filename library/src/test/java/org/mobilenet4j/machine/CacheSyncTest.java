package org.mobilenet4j.machine;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.machine.ArmRunner.Buffer;
import org.mobilenet4j.machine.code.Code;

/// The routine that tells an AArch64 processor of new code, where it is emulated: that it goes through lines of memory
/// and returns. Whether the caches are clean then, no emulator shows.
class CacheSyncTest {
    @Test
    void goesThroughLinesAndReturns() {
        Code code = CacheSync.code();
        try (Arena arena = Arena.ofConfined()) {
            for (int bytes : new int[] {1, 64, 4096, 10_000}) {
                var buffer = new Buffer(arena.allocate(bytes), true);
                assertThatCode(() -> ArmRunner.get().call(code, List.of(buffer), 0, 0))
                        .doesNotThrowAnyException();
            }
        }
    }
}
