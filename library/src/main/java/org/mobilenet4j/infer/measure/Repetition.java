package org.mobilenet4j.infer.measure;

import java.util.stream.LongStream;

/// How often to repeat something that is timed: `most` times, or fewer once `nanos` have passed, but at least once.
///
/// @param most maximum number of runs, from 1 up
/// @param nanos time in nanoseconds after which no further run begins
public record Repetition(int most, long nanos) {
    public Repetition {
        if (most < 1 || nanos < 0) {
            throw new IllegalArgumentException("a repetition needs at least one run and a time from 0 up, not " + most
                    + " runs and " + nanos + " ns");
        }
    }

    /// Runs `work` that often and returns the number of runs.
    public int run(Runnable work) {
        long start = System.nanoTime();
        int done = 0;
        do {
            work.run();
            done++;
        } while (done < most && System.nanoTime() - start < nanos);
        return done;
    }

    /// Runs `work` that often and returns the time of each run.
    public Times time(Runnable work) {
        var each = LongStream.builder();
        run(() -> {
            long start = System.nanoTime();
            work.run();
            each.add(System.nanoTime() - start);
        });
        return Times.of(each.build());
    }
}
