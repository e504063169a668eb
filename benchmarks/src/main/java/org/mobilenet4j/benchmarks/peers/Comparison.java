package org.mobilenet4j.benchmarks.peers;

import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// All engines' measurements, in display order.
///
/// @param batch images per run
/// @param own name prefix of this project's own engines, which are not peers
record Comparison(List<Measurement> engines, int batch, String own) {
    Comparison {
        engines = List.copyOf(engines);
    }

    /// The peer with the lowest median; null if no peer was measured.
    @Nullable
    Measurement bestPeer() {
        return engines.stream()
                .filter(engine -> !engine.engine().startsWith(own))
                .min(Comparator.comparingDouble(engine -> engine.times().medianMillis()))
                .orElse(null);
    }

    /// Each engine's figures.
    List<PeerResult> results() {
        var best = bestPeer();
        return engines.stream()
                .map(engine -> PeerResult.of(engine, batch, best))
                .toList();
    }

    /// The ratio of medians, `engine` over `other`, of each round: shows how much the machine's noise affects it.
    static DoubleSummaryStatistics ratios(Measurement engine, Measurement other) {
        return IntStream.range(0, engine.rounds().size())
                .mapToDouble(round -> engine.rounds().get(round).medianMillis()
                        / other.rounds().get(round).medianMillis())
                .summaryStatistics();
    }
}
