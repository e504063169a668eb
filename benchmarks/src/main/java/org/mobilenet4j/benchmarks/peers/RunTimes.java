package org.mobilenet4j.benchmarks.peers;

import java.util.Arrays;
import java.util.Collection;

/// The times of an engine's runs.
final class RunTimes {
    private final long[] nanos;

    private RunTimes(long[] nanos) {
        this.nanos = nanos;
    }

    /// The times of one round.
    ///
    /// @throws IllegalArgumentException if there are none
    static RunTimes of(long... nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("no run was timed");
        }
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return new RunTimes(sorted);
    }

    /// The times of all rounds together.
    static RunTimes of(Collection<RunTimes> rounds) {
        return of(rounds.stream()
                .flatMapToLong(round -> Arrays.stream(round.nanos))
                .toArray());
    }

    int count() {
        return nanos.length;
    }

    double minMillis() {
        return millis(nanos[0]);
    }

    /// The median.
    double medianMillis() {
        return (millis(nanos[(nanos.length - 1) / 2]) + millis(nanos[nanos.length / 2])) / 2;
    }

    /// The 99th percentile: the least time that 99 of 100 runs did not exceed.
    double p99Millis() {
        return millis(nanos[(int) Math.ceil(nanos.length * 0.99) - 1]);
    }

    private static double millis(long time) {
        return time / 1e6;
    }
}
