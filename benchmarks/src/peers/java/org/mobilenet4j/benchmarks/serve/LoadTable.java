package org.mobilenet4j.benchmarks.serve;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Tables of services under load.
final class LoadTable {
    private LoadTable() {}

    /// A row for each service: medians of its turns.
    static String saturation(List<Contestant> contestants) throws IOException {
        var text = new StringBuilder(String.format(
                "%-20s %10s %8s %8s %10s %10s%n",
                "at saturation", "photos/s", "p50 ms", "p99 ms", "peak MiB", "ready ms"));
        for (var contestant : contestants) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-20s %10.0f %8.2f %8.2f %10.0f %10.0f%n",
                    contestant.name(),
                    contestant.median(LoadResult::perSecond),
                    contestant.median(result -> result.percentile(0.5)),
                    contestant.median(result -> result.percentile(0.99)),
                    contestant.process().peakMiB(),
                    contestant.process().readyMillis()));
        }
        if (contestants.size() == 2) {
            text.append(String.format(
                    Locale.ROOT,
                    "%.2f times the photos a second%n",
                    contestants.getFirst().median(LoadResult::perSecond)
                            / contestants.getLast().median(LoadResult::perSecond)));
        }
        return text.toString();
    }

    /// What a service did at four times its load.
    ///
    /// @param rate requests that were to be sent a second
    /// @param before memory in use when it began, in MiB
    /// @param after memory in use when it ended, in MiB
    static String overload(String name, double rate, LoadResult result, double before, double after) {
        return String.format(
                Locale.ROOT,
                "%nfour times that, %s: %.0f a second asked for %.0f s; answers %s%n"
                        + "  %.0f photos/s, p50 %.1f ms, p99 %.1f ms, longest %.1f ms; %.0f MiB before, %.0f after%n",
                name,
                rate,
                result.seconds(),
                result.statuses(),
                result.perSecond(),
                result.percentile(0.5),
                result.percentile(0.99),
                result.percentile(1),
                before,
                after);
    }
}
