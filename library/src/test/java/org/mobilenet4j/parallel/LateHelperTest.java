package org.mobilenet4j.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A helper that is taken off its processor goes on where it was, when what it was about to do is over. Here without
/// recruits, so that every step of it is the test's.
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LateHelperTest {
    private static final Workers NOBODY = new Workers(0);

    /// What the stages call at their beginning, to look in from the outside.
    private interface Visit {
        void chunk(int stage, int chunk) throws InterruptedException;
    }

    private static final class Listed implements Stages {
        final List<String> done = new ArrayList<>();
        IntSupplier chunks = () -> 4;
        Visit visit = (_, _) -> {};

        @Override
        public int count() {
            return 2;
        }

        @Override
        public int chunks(int stage) {
            return chunks.getAsInt();
        }

        @Override
        public void run(int stage, int chunk, int slot) {
            synchronized (done) {
                done.add(stage + "." + chunk);
            }
            try {
                visit.chunk(stage, chunk);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// It has seen that a stage is on; then that stage ends, and the next begins.
    @Test
    void takesNothingOfAStageThatIsOver() {
        var stages = new Listed();
        var task = new StagedTask(stages, 2, NOBODY);
        var seen = new long[1];
        stages.visit = (stage, chunk) -> {
            if (stage == 0 && chunk == 0) {
                seen[0] = task.now();
            }
            if (stage == 1 && (chunk == 0 || chunk == 2)) { // one share is begun, then both are
                task.takePart(seen[0], 4, 1);
            }
        };

        task.run();

        assertThat(stages.done).containsExactly("0.0", "0.1", "0.2", "0.3", "1.0", "1.1", "1.2", "1.3");
    }

    /// It has seen that the last stage is on; then the next run begins, and has more chunks.
    @Test
    void takesNothingOfARunThatIsOver() throws InterruptedException {
        var stages = new Listed();
        var task = new StagedTask(stages, 2, NOBODY);
        var isThere = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        var wentOn = new CountDownLatch(1);
        var late = new Thread(() -> task.help(1));
        var calls = new int[1];
        var chunks = new int[] {4};
        stages.chunks = () -> {
            if (Thread.currentThread() == late) {
                calls[0]++;
                if (calls[0] == 1) {
                    isThere.countDown();
                    awaitThe(goesOn);
                } else {
                    wentOn.countDown();
                }
            }
            return chunks[0];
        };
        stages.visit = (stage, chunk) -> {
            if (Thread.currentThread() == late) {
                wentOn.countDown();
            } else if (stage == 1 && chunk == 0 && isThere.getCount() > 0) {
                late.start();
                awaitThe(isThere);
            } else if (stage == 0 && chunk == 0 && isThere.getCount() == 0) {
                goesOn.countDown();
                awaitThe(wentOn);
            }
        };

        task.run();
        assertThat(stages.done).hasSize(8).doesNotHaveDuplicates();
        stages.done.clear();
        chunks[0] = 8;
        task.run();
        late.join();

        assertThat(stages.done).hasSize(16).doesNotHaveDuplicates();
    }

    private static void awaitThe(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nothing came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
