package org.mobilenet4j.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagedTaskTest {
    /// Counts what is done, and whether a chunk was begun before the stage before it was over.
    private static final class Counting implements Stages {
        private final int[] chunks;
        private final AtomicIntegerArray finished;
        private final AtomicInteger early = new AtomicInteger();
        private volatile int failingStage = -1;

        Counting(int... chunks) {
            this.chunks = chunks;
            this.finished = new AtomicIntegerArray(chunks.length);
        }

        @Override
        public int count() {
            return chunks.length;
        }

        @Override
        public int chunks(int stage) {
            return chunks[stage];
        }

        @Override
        public void run(int stage, int chunk, int slot) {
            if (stage > 0 && finished.get(stage - 1) % chunks[stage - 1] != 0) {
                early.incrementAndGet();
            }
            if (stage == failingStage) {
                throw new IllegalStateException("stage " + stage);
            }
            finished.incrementAndGet(stage);
        }

        void assertDone(int runs) {
            for (int stage = 0; stage < chunks.length; stage++) {
                assertThat(finished.get(stage)).as("stage %s", stage).isEqualTo(runs * chunks[stage]);
            }
            assertThat(early).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void everyChunkRunsOnceAndStagesInTurn(int slots) {
        var stages = new Counting(1, 7, 2, 3, 16, 1, 1, 4);
        var task = new StagedTask(stages, slots);

        for (int run = 1; run <= 500; run++) {
            task.run();
        }

        stages.assertDone(500);
    }

    /// Threads that come and go as they like, more of them than there are processors.
    @Test
    void helpersMayComeAtAnyTime() throws InterruptedException {
        var stages = new Counting(1, 7, 2, 3, 16, 1, 1, 4);
        var task = new StagedTask(stages, 4);
        var isOver = new AtomicBoolean();
        var helpers = new ArrayList<Thread>();
        for (int helper = 1; helper <= 5; helper++) {
            int number = helper;
            helpers.add(Thread.ofPlatform().start(() -> {
                while (!isOver.get()) {
                    task.help(number);
                }
            }));
        }

        for (int run = 1; run <= 2_000; run++) {
            task.run();
        }
        isOver.set(true);
        for (var helper : helpers) {
            helper.join();
        }

        stages.assertDone(2_000);
    }

    @Test
    void aFailureIsReportedAndTheNextRunIsWhole() {
        var stages = new Counting(3, 5, 2);
        var task = new StagedTask(stages, 2);
        stages.failingStage = 1;

        assertThatThrownBy(task::run).isInstanceOf(IllegalStateException.class).hasMessageContaining("stage 1");

        stages.failingStage = -1;
        task.run();
        assertThat(stages.finished.get(1)).isEqualTo(5);
        assertThat(stages.finished.get(2)).isEqualTo(4);
    }

    @Test
    void nothingToDoIsDoneAtOnce() {
        new StagedTask(new Counting(), 2).run();
    }
}
