package org.mobilenet4j.infer.measure;

import java.util.stream.LongStream;

/// How long something took, each time that it was done; at least once.
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

    /// How often.
    public int count() {
        return sortedNanos.length;
    }

    /// The shortest.
    public double minMillis() {
        return sortedNanos[0] * MILLIS;
    }

    /// The one in the middle.
    public double medianMillis() {
        return percentileMillis(50);
    }

    /// The least time that `percent` of all did not exceed, from 1 to 100.
    public double percentileMillis(int percent) {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("a percentile lies from 1 to 100, not " + percent);
        }
        long rank = Math.ceilDiv((long) sortedNanos.length * percent, 100);
        return sortedNanos[(int) rank - 1] * MILLIS;
    }

    /// All together.
    public double totalMillis() {
        return LongStream.of(sortedNanos).sum() * MILLIS;
    }
}
