package org.mobilenet4j.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RunTimesTest {
    @Test
    void medianIsTheMiddleOrHalfway() {
        assertThat(RunTimes.of(9_000_000, 1_000_000, 2_000_000).medianMillis()).isEqualTo(2);
        assertThat(RunTimes.of(9_000_000, 1_000_000, 2_000_000, 5_000_000).medianMillis())
                .isEqualTo(3.5);
        assertThat(RunTimes.of(7_000_000).medianMillis()).isEqualTo(7);
    }

    @Test
    void leastAndP99AreTimesThatWereSeen() {
        var times = RunTimes.of(LongStream.rangeClosed(1, 200)
                .map(i -> 201 - i)
                .map(i -> i * 1000)
                .toArray());

        assertThat(times.minMillis()).isEqualTo(0.001);
        assertThat(times.p99Millis()).isEqualTo(0.198);
        assertThat(RunTimes.of(4000, 3000).p99Millis()).isEqualTo(0.004);
    }

    @Test
    void roundsAreJoinedRunByRun() {
        var all = RunTimes.of(List.of(RunTimes.of(1_000_000, 2_000_000, 3_000_000), RunTimes.of(10_000_000)));

        assertThat(all.count()).isEqualTo(4);
        assertThat(all.medianMillis()).isEqualTo(2.5);
        assertThat(all.p99Millis()).isEqualTo(10);
    }

    @Test
    void nothingTimedIsNoResult() {
        assertThatThrownBy(RunTimes::of).isInstanceOf(IllegalArgumentException.class);
    }
}
