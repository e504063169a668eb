package org.mobilenet4j.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PoolTest {
    @Test
    void noTwoThreadsHaveTheSameAndThereAreNoMoreThanAllowed() throws Exception {
        var made = new AtomicInteger();
        var pool = new Pool<>(3, () -> {
            made.incrementAndGet();
            return new AtomicBoolean();
        });
        var doubles = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                threads.execute(() -> pool.with(lent -> {
                    if (!lent.compareAndSet(false, true)) {
                        doubles.incrementAndGet();
                    }
                    pause();
                    lent.set(false);
                    return lent;
                }));
            }
        }
        assertThat(doubles).hasValue(0);
        assertThat(made).hasValueBetween(1, 3);
    }

    private static void pause() {
        for (int i = 0; i < 50; i++) {
            Thread.onSpinWait();
        }
    }

    /// One that is idle is used again before another is made.
    @Test
    void theLastOneGoesOutFirst() throws Exception {
        var made = new AtomicInteger();
        var pool = new Pool<>(2, made::incrementAndGet);
        var inside = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> pool.with(lent -> {
                inside.countDown();
                return await(leave);
            }));
            inside.await();
            assertThat(pool.<Integer>with(lent -> lent)).isEqualTo(2);
            leave.countDown();
        }
        for (int i = 0; i < 5; i++) {
            assertThat(pool.<Integer>with(lent -> lent)).isEqualTo(1);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A failure gives everything back.
    @Test
    void failuresLoseNothing() {
        var pool = new Pool<>(1, StringBuilder::new);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> pool.with(lent -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
        }
        assertThat(pool.<String>with(lent -> lent.append("x").toString())).isEqualTo("x");
        var fails = new AtomicBoolean(true);
        var picky = new Pool<>(1, () -> {
            if (fails.get()) {
                throw new IllegalStateException("none made");
            }
            return "made";
        });
        assertThatThrownBy(() -> picky.with(lent -> lent)).hasMessage("none made");
        fails.set(false);
        assertThat(picky.<String>with(lent -> lent)).isEqualTo("made");
    }
}
