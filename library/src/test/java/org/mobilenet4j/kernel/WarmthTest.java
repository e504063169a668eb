package org.mobilenet4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class WarmthTest {
    private static void spend(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /// Others take the processor away for ten times as long as patience would last; the JIT is done in the end.
    @Test
    void aBusyMachineDoesNotUsePatienceUp() {
        var calls = new int[1];
        boolean reached = new Warmth(50_000_000).reach(1_000_000, () -> {
            spend(++calls[0] < 200 ? 20_000 : 1000);
            if (calls[0] < 200 && calls[0] % 4 == 0) {
                LockSupport.parkNanos(10_000_000);
            }
        });

        assertThat(reached).isTrue();
    }

    @Test
    void whatStaysSlowEndsPatience() {
        assertThat(new Warmth(50_000_000).reach(100_000, () -> spend(1_000_000)))
                .isFalse();
    }
}
