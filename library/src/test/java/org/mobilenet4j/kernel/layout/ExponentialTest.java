package org.mobilenet4j.kernel.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExponentialTest {
    @Test
    void twelveDigitsAreThoseOfTheLibrary() {
        for (double x = 0; x > Exponential.LEAST; x -= 0.0371) {
            assertThat(Exponential.of(x) / Math.exp(x)).as("at %s", x).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void endsOfTheRange() {
        assertThat(Exponential.of(0)).isEqualTo(1);
        assertThat(Exponential.of(-0.0)).isEqualTo(1);
        assertThat((float) Exponential.of(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Exponential.of(-1e30)).isEqualTo(Exponential.of(Exponential.LEAST));
        assertThat(Exponential.of(Double.NaN)).isNaN();
    }
}
