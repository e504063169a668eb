package org.mobilenet4j.infer.measure;

import java.util.Locale;
import java.util.stream.LongStream;

/// The durations of repeated runs; at least one.
public final class Times {
    private static final double MILLIS = 1e-6;

    private final long[] sortedNanos;

    private Times(long[] sortedNanos) {
        if (sortedNanos.length == 0) {
            throw new IllegalArgumentException("nothing was timed");
        }
        this.sortedNanos = sortedNanos;
    }

    /// From nanoseconds in any order.
    public static Times of(LongStream nanos) {
        return new Times(nanos.sorted().toArray());
    }

    /// The number of runs.
    public int count() {
        return sortedNanos.length;
    }

    /// The shortest.
    public double minMillis() {
        return sortedNanos[0] * MILLIS;
    }

    /// The median.
    public double medianMillis() {
        return percentileMillis(50);
    }

    /// The percentile `percent`, from 1 to 100: the least time that this share of the runs did not exceed.
    public double percentileMillis(int percent) {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("a percentile must be from 1 to 100, not " + percent);
        }
        long rank = Math.ceilDiv((long) sortedNanos.length * percent, 100);
        return sortedNanos[(int) rank - 1] * MILLIS;
    }

    /// The sum of all runs.
    public double totalMillis() {
        return LongStream.of(sortedNanos).sum() * MILLIS;
    }

    /// Such as `Times[40 runs, median 1.234 ms]`.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "Times[%d runs, median %.3f ms]", count(), medianMillis());
    }
}
