package org.mobilenet4j.benchmarks.serve;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a service did under load.
///
/// @param seconds how long the load lasted
/// @param statuses how many answers had which status; 0 stands for connections that broke
/// @param millis of each answer of status 200, from the first byte of the request to the last of the answer, rising
@SuppressWarnings("ArrayRecordComponent") // never compared
record LoadResult(double seconds, Map<Integer, Long> statuses, double[] millis) {
    private static final int OK = 200;

    /// What one connection saw.
    ///
    /// @param statuses of its answers
    /// @param nanos of each answer of status 200
    @SuppressWarnings("ArrayRecordComponent")
    record Seen(Map<Integer, Long> statuses, long[] nanos) {}

    /// What all connections saw together.
    static LoadResult of(double seconds, List<Seen> all) {
        var statuses = new TreeMap<Integer, Long>();
        for (var seen : all) {
            seen.statuses().forEach((status, count) -> statuses.merge(status, count, Long::sum));
        }
        var millis = all.stream()
                .flatMapToLong(seen -> Arrays.stream(seen.nanos()))
                .sorted()
                .mapToDouble(nanos -> nanos / 1e6)
                .toArray();
        return new LoadResult(seconds, statuses, millis);
    }

    /// Answers of status 200 a second.
    double perSecond() {
        return statuses.getOrDefault(OK, 0L) / seconds;
    }

    /// The time within which this share of the answers of status 200 came; 0 when there are none.
    ///
    /// @param share above 0 and up to 1
    double percentile(double share) {
        return millis.length == 0 ? 0 : millis[(int) Math.ceil(share * millis.length) - 1];
    }

    /// Whether every answer was one of these.
    boolean hasOnly(Integer... allowed) {
        return Arrays.asList(allowed).containsAll(statuses.keySet());
    }
}
