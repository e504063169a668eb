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

class RelayTest {
    /// Counts what is done, and whether a chunk was begun before the stage before it was over.
    private static final class Counting extends Relay {
        private final int[] chunks;
        private final AtomicIntegerArray finished;
        private final AtomicInteger early = new AtomicInteger();
        private volatile int failingStage = -1;

        Counting(int homes, int... chunks) {
            super(chunks.length, homes);
            this.chunks = chunks;
            this.finished = new AtomicIntegerArray(chunks.length);
        }

        @Override
        protected int chunks(int stage) {
            return chunks[stage];
        }

        @Override
        protected void run(int stage, int chunk, int home) {
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
    void everyChunkRunsOnceAndStagesInTurn(int homes) {
        var relay = new Counting(homes, 1, 7, 2, 3, 16, 1, 1, 4);

        for (int run = 1; run <= 500; run++) {
            relay.run();
        }

        relay.assertDone(500);
    }

    /// Threads that come and go as they like, more of them than there are processors.
    @Test
    void helpersMayComeAtAnyTime() throws InterruptedException {
        var relay = new Counting(4, 1, 7, 2, 3, 16, 1, 1, 4);
        var isOver = new AtomicBoolean();
        var helpers = new ArrayList<Thread>();
        for (int helper = 1; helper <= 5; helper++) {
            int number = helper;
            helpers.add(Thread.ofPlatform().start(() -> {
                while (!isOver.get()) {
                    relay.help(number);
                }
            }));
        }

        for (int run = 1; run <= 2_000; run++) {
            relay.run();
        }
        isOver.set(true);
        for (var helper : helpers) {
            helper.join();
        }

        relay.assertDone(2_000);
    }

    @Test
    void aFailureIsReportedAndTheNextRunIsWhole() {
        var relay = new Counting(2, 3, 5, 2);
        relay.failingStage = 1;

        assertThatThrownBy(relay::run).isInstanceOf(IllegalStateException.class).hasMessageContaining("stage 1");

        relay.failingStage = -1;
        relay.run();
        assertThat(relay.finished.get(1)).isEqualTo(5);
        assertThat(relay.finished.get(2)).isEqualTo(4);
    }

    @Test
    void nothingToDoIsDoneAtOnce() {
        new Counting(2).run();
    }
}
