package org.mobilenet4j.infer.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void percentilesAreTimesThatOccurred() {
        var times = Times.of(LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1_000_000));

        assertThat(times.count()).isEqualTo(200);
        assertThat(times.minMillis()).isEqualTo(1, within(1e-9));
        assertThat(times.medianMillis()).isEqualTo(100, within(1e-9));
        assertThat(times.percentileMillis(90)).isEqualTo(180, within(1e-9));
        assertThat(times.percentileMillis(99)).isEqualTo(198, within(1e-9));
        assertThat(times.percentileMillis(100)).isEqualTo(200, within(1e-9));
        assertThat(times.totalMillis()).isEqualTo(20_100, within(1e-6));
    }

    @Test
    void oneTimeIsEveryPercentile() {
        var times = Times.of(LongStream.of(5_000_000));

        assertThat(times.percentileMillis(1)).isEqualTo(5).isEqualTo(times.percentileMillis(99));
        assertThatThrownBy(() -> times.percentileMillis(0)).hasMessageContaining("from 1 to 100");
        assertThatThrownBy(() -> Times.of(LongStream.empty())).hasMessageContaining("nothing");
    }

    @Test
    void aRepetitionEndsWithItsRunsOrItsTime() {
        var runs = new AtomicInteger();

        assertThat(new Repetition(7, Long.MAX_VALUE).run(runs::incrementAndGet)).isEqualTo(7);
        assertThat(runs).hasValue(7);
        assertThat(new Repetition(1_000_000, 0).time(runs::incrementAndGet).count())
                .isEqualTo(1);
        assertThat(runs).hasValue(8);
        assertThatThrownBy(() -> new Repetition(0, 1)).hasMessageContaining("at least one run");
    }
}
