package org.mobilenet4j.benchmarks.peers;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A comparison for people to read: one line per engine.
final class PeerTable {
    private static final String HEADING = """
            engine             version           median ms    min ms    p99 ms  images/s  cold ms  second ms  peak MiB  to best  by round     difference
            """;

    private PeerTable() {}

    static String of(Comparison comparison) {
        var text = new StringBuilder(HEADING);
        var best = comparison.bestPeer();
        for (var engine : comparison.engines()) {
            var result = PeerResult.of(engine, comparison.batch(), best);
            text.append(String.format(
                    Locale.ROOT,
                    "%-17s  %-16s  %9.3f %9.3f %9.3f %9.1f %8.0f  %9.3f %9.0f  %-20s  %10.1e%n",
                    result.engine(),
                    engine.version(),
                    result.medianMillis(),
                    result.minMillis(),
                    result.p99Millis(),
                    result.imagesPerSecond(),
                    result.coldMillis(),
                    result.secondMillis(),
                    result.peakRssMiB(),
                    ratio(engine, best),
                    result.largestDifference()));
        }
        return text.toString();
    }

    /// The ratio of the overall medians, then the least and the greatest ratio of a round.
    private static String ratio(Measurement engine, @Nullable Measurement best) {
        if (best == null) {
            return "";
        }
        var ratios = Comparison.ratios(engine, best);
        return String.format(
                Locale.ROOT,
                "%7.2f  %.2f-%.2f",
                engine.times().medianMillis() / best.times().medianMillis(),
                ratios.getMin(),
                ratios.getMax());
    }
}
