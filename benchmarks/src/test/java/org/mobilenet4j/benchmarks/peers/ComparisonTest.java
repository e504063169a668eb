package org.mobilenet4j.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ComparisonTest {
    private static final Measurement OURS = new Measurement(
            "ours", "1.0", List.of(millis(3, 3, 3), millis(5, 5, 5)), millis(70, 50, 60), millis(6), 128.5, 0);
    private static final Measurement SLOW =
            new Measurement("slow", "2.1", List.of(millis(8), millis(8)), millis(900), millis(9), 64, 1e-6);
    private static final Measurement BEST =
            new Measurement("best", "0.9", List.of(millis(2), millis(10)), millis(300), millis(3), 32, 2.5e-6);

    private static RunTimes millis(long... values) {
        var nanos = values.clone();
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] *= 1_000_000;
        }
        return RunTimes.of(nanos);
    }

    @Test
    void theBestPeerHasTheLeastMedianAndIsNotOurs() {
        assertThat(new Comparison(List.of(OURS, SLOW, BEST), 1, "ours").bestPeer())
                .isEqualTo(BEST);
        assertThat(new Comparison(List.of(OURS), 1, "ours").bestPeer()).isNull();
    }

    @Test
    void ratiosAreTakenRoundByRound() {
        var ratios = Comparison.ratios(OURS, BEST);

        assertThat(ratios.getMin()).isEqualTo(0.5);
        assertThat(ratios.getMax()).isEqualTo(1.5);
    }

    @Test
    void jsonHasAnObjectForEachEngine() {
        var json = PeerResult.json(new Comparison(List.of(OURS, SLOW, BEST), 8, "ours").results());

        var results = new JsonMapper().readTree(json);
        assertThat(results.size()).isEqualTo(3);
        var ours = results.get(0);
        assertThat(new ArrayList<>(ours.propertyNames()))
                .containsExactly(
                        "engine",
                        "version",
                        "medianMillis",
                        "minMillis",
                        "p99Millis",
                        "coldMillis",
                        "secondMillis",
                        "peakRssMiB",
                        "imagesPerSecond",
                        "ratioToBestPeer",
                        "largestDifference");
        assertThat(ours.get("engine").asString()).isEqualTo("ours");
        assertThat(ours.get("medianMillis").asDouble()).isEqualTo(4);
        assertThat(ours.get("minMillis").asDouble()).isEqualTo(3);
        assertThat(ours.get("p99Millis").asDouble()).isEqualTo(5);
        assertThat(ours.get("coldMillis").asDouble()).isEqualTo(60);
        assertThat(ours.get("secondMillis").asDouble()).isEqualTo(6);
        assertThat(ours.get("peakRssMiB").asDouble()).isEqualTo(128.5);
        assertThat(ours.get("imagesPerSecond").asDouble()).isEqualTo(2000);
        assertThat(ours.get("ratioToBestPeer").asDouble()).isEqualTo(4 / 6.0);
        assertThat(results.get(2).get("ratioToBestPeer").asDouble()).isEqualTo(1);
        assertThat(results.get(2).get("largestDifference").asDouble()).isEqualTo(2.5e-6);
    }

    @Test
    void jsonIsReadAsItWasWritten() {
        var results = new Comparison(List.of(OURS, SLOW, BEST), 8, "ours").results();

        assertThat(PeerResult.read(PeerResult.json(results))).isEqualTo(results);
        assertThat(PeerResult.read("[{\"engine\": \"ours\"}]").getFirst().secondMillis())
                .isZero();
    }

    @Test
    void withoutPeersThereIsNoRatio() {
        var alone = new Comparison(List.of(OURS), 1, "ours");

        var json = new JsonMapper().readTree(PeerResult.json(alone.results()));
        assertThat(json.get(0).get("ratioToBestPeer").isNull()).isTrue();
        assertThat(PeerTable.of(alone)).contains("ours").doesNotContain("null", "NaN");
    }

    @Test
    void theTableIsAlignedUnderItsHeading() {
        var lines = PeerTable.of(new Comparison(List.of(OURS, SLOW, BEST), 1, "ours"))
                .lines()
                .toList();

        assertThat(lines).hasSize(4);
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSameSizeAs(lines.getFirst()));
        assertThat(lines.get(1).split(" +", -1))
                .containsExactly(
                        "ours",
                        "1.0",
                        "4.000",
                        "3.000",
                        "5.000",
                        "250.0",
                        "60",
                        "6.000",
                        "129",
                        "0.67",
                        "0.50-1.50",
                        "0.0e+00");
        var end = lines.getFirst().indexOf("median ms") + "median ms".length();
        assertThat(lines.get(1).substring(0, end)).endsWith("4.000");
    }
}
