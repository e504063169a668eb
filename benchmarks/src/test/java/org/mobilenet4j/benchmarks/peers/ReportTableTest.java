package org.mobilenet4j.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTableTest {
    private static final ReportTable TABLE = new ReportTable("Median of a run", "ms", PeerResult::medianMillis);

    private static PeerResult engine(String name, double millis) {
        return new PeerResult(name, "1", millis, millis, millis, 0, 0, 0, 0, null, 0);
    }

    @Test
    void eachPeersFigureIsDividedByOurs() {
        var text = TABLE.of(List.of(
                new ReportTable.Row("small", List.of(engine("ours", 0.2), engine("a", 0.3), engine("b", 0.25))),
                new ReportTable.Row("large", List.of(engine("ours", 10.04), engine("b", 9), engine("c", 150)))));

        assertThat(text).isEqualTo("""
                ## Median of a run

                | | ours, ms | a | b | c | best peer over ours |
                |---|---|---|---|---|---|
                | small | 0.200 | 1.50 | 1.25 |  | **1.25** b |
                | large | 10.0 |  | 0.90 | 14.94 | **0.90** b |
                """);
    }

    @Test
    void ourOtherEnginesAreNoPeers() {
        var text = TABLE.of(
                List.of(new ReportTable.Row("x", List.of(engine("ours", 2), engine("ours-bf16", 1), engine("a", 3)))));

        assertThat(text).contains("| x | 2.00 | 0.50 | 1.50 | **1.50** a |");
    }
}
