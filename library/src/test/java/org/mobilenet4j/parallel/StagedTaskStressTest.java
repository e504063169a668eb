package org.mobilenet4j.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Random stages, run again and again with other numbers of chunks, some of which fail, by helpers that come and go.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StagedTaskStressTest {
    private static final long NANOS = 150_000_000;
    private static final int MOST_CHUNKS = 12;

    /// Knows how often each chunk was done in this run, and how much was done out of turn.
    private static final class Recorded implements Stages {
        final int[] chunks;
        final AtomicIntegerArray times;
        final AtomicIntegerArray finished;
        final AtomicInteger outOfTurn = new AtomicInteger();
        /// Of the chunk that fails, counted over all stages; -1 for none.
        int failing;

        Recorded(int count) {
            chunks = new int[count];
            times = new AtomicIntegerArray(count * MOST_CHUNKS);
            finished = new AtomicIntegerArray(count);
        }

        /// Returns whether a chunk will fail.
        boolean choose(Random random) {
            for (int i = 0; i < times.length(); i++) {
                times.set(i, 0);
            }
            for (int stage = 0; stage < chunks.length; stage++) {
                finished.set(stage, 0);
                chunks[stage] = random.nextInt(3) == 0 ? random.nextInt(2) : random.nextInt(MOST_CHUNKS + 1);
            }
            int stage = random.nextInt(chunks.length);
            boolean fails = chunks[stage] > 0 && random.nextInt(4) == 0;
            failing = fails ? stage * MOST_CHUNKS + random.nextInt(chunks[stage]) : -1;
            return fails;
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
            times.incrementAndGet(stage * MOST_CHUNKS + chunk);
            for (int other = 0; other < chunks.length; other++) {
                int done = finished.get(other);
                if (other < stage ? done != chunks[other] : other > stage && done != 0) {
                    outOfTurn.incrementAndGet();
                }
            }
            Thread.onSpinWait();
            finished.incrementAndGet(stage);
            if (stage * MOST_CHUNKS + chunk == failing) {
                throw new IllegalStateException("stage " + stage);
            }
        }

        void assertDone() {
            for (int stage = 0; stage < chunks.length; stage++) {
                for (int chunk = 0; chunk < MOST_CHUNKS; chunk++) {
                    assertThat(times.get(stage * MOST_CHUNKS + chunk))
                            .as("chunk %s of %s in stage %s", chunk, chunks[stage], stage)
                            .isEqualTo(chunk < chunks[stage] ? 1 : 0);
                }
            }
            assertThat(outOfTurn).hasValue(0);
        }
    }

    @Test
    void eachChunkIsDoneOnceAndStagesInTurn() throws InterruptedException {
        for (int seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var stages = new Recorded(1 + random.nextInt(6));
            var task = new StagedTask(stages, 1 + random.nextInt(4));
            var isOver = new AtomicBoolean();
            var helpers = new ArrayList<Thread>();
            int most = random.nextInt(4);
            for (int helper = 1; helper <= most; helper++) {
                int number = helper;
                helpers.add(Thread.ofPlatform().start(() -> comeAndGo(task, number, isOver)));
            }
            try {
                runFor(NANOS, task, stages, random);
            } finally {
                isOver.set(true);
                for (var helper : helpers) {
                    helper.join();
                }
            }
        }
    }

    private static void runFor(long nanos, StagedTask task, Recorded stages, Random random) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            if (stages.choose(random)) {
                assertThatThrownBy(task::run).isInstanceOf(IllegalStateException.class);
            } else {
                task.run();
            }
            stages.assertDone();
        }
    }

    private static void comeAndGo(StagedTask task, int number, AtomicBoolean isOver) {
        var random = new Random(number);
        while (!isOver.get()) {
            task.help(number);
            if (random.nextInt(16) == 0) {
                LockSupport.parkNanos(random.nextInt(100_000));
            }
        }
    }
}
