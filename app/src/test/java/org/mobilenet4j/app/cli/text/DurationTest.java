package org.mobilenet4j.app.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "3.4, 3 s",
        "59.4, 59 s",
        "59.5, 1 min 0 s",
        "303, 5 min 3 s",
        "3599, 59 min 59 s",
        "3599.5, 1 h 0 min",
        "7500, 2 h 5 min",
        "90000, 25 h 0 min"
    })
    void twoUnitsAtMost(double seconds, String text) {
        assertThat(Duration.of(seconds)).isEqualTo(text);
    }
}
