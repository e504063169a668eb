package org.mobilenet4j.infer.measure;

import java.util.stream.LongStream;

/// How often something is done to be timed: `most` times, or fewer when `nanos` have passed before, but once at least.
///
/// @param most times, from 1 up
/// @param nanos after which nothing is begun any more
public record Repetition(int most, long nanos) {
    public Repetition {
        if (most < 1 || nanos < 0) {
            throw new IllegalArgumentException("a repetition takes at least one run and no negative time, not " + most
                    + " runs and " + nanos + " ns");
        }
    }

    /// Does `work` that often, and says how often it was.
    public int run(Runnable work) {
        long start = System.nanoTime();
        int done = 0;
        do {
            work.run();
            done++;
        } while (done < most && System.nanoTime() - start < nanos);
        return done;
    }

    /// Does `work` that often and says how long it took each time.
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
