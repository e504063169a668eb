package org.mobilenet4j.benchmarks.peers;

import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// All engines' measurements, in the order they are shown.
///
/// @param batch images of a run
/// @param own how the names of engines begin that are no peers but ours
record Comparison(List<Measurement> engines, int batch, String own) {
    Comparison {
        engines = List.copyOf(engines);
    }

    /// The peer with the least median; null when no peer was measured.
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

    /// The ratio of medians, `engine` over `other`, in each round by itself: what a machine's moods make
    /// of it.
    static DoubleSummaryStatistics ratios(Measurement engine, Measurement other) {
        return IntStream.range(0, engine.rounds().size())
                .mapToDouble(round -> engine.rounds().get(round).medianMillis()
                        / other.rounds().get(round).medianMillis())
                .summaryStatistics();
    }
}
