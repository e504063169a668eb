package org.mobilenet4j.benchmarks.peers;

import java.util.List;

/// The measurements of one engine.
///
/// @param rounds the times of each round; round `k` of every engine ran in the same seconds
/// @param cold the times from the start of a process to its first output, one process each
/// @param second the times of the next run of these processes
/// @param peakRssMiB peak memory of the process that ran the rounds
/// @param largestDifference of an output from the reference, as a share of the reference's largest output
record Measurement(
        String engine,
        String version,
        List<RunTimes> rounds,
        RunTimes cold,
        RunTimes second,
        double peakRssMiB,
        double largestDifference) {
    Measurement {
        rounds = List.copyOf(rounds);
    }

    /// All rounds together.
    RunTimes times() {
        return RunTimes.of(rounds);
    }
}
