package org.mobilenet4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FixedPointMultiplierTest {
    /// `round(round(value * 2^left * significand / 2^31) / 2^right)`, the first half up, the second as given.
    static long expected(long value, FixedPointMultiplier multiplier, boolean halvesGoUp) {
        int left = Math.max(multiplier.shift(), 0);
        int right = Math.max(-multiplier.shift(), 0);
        var product = BigDecimal.valueOf(value << left)
                .multiply(BigDecimal.valueOf(multiplier.significand()))
                .divide(BigDecimal.valueOf(1L << 31));
        var first = halfUp(product);
        var second = first.divide(BigDecimal.valueOf(1L << right));
        return (halvesGoUp ? halfUp(second) : second.setScale(0, RoundingMode.HALF_UP)).longValueExact();
    }

    private static BigDecimal halfUp(BigDecimal value) {
        return value.add(new BigDecimal("0.5")).setScale(0, RoundingMode.FLOOR);
    }

    @Test
    void valuesAreNearestToTheFactor() {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            double real = Math.scalb(0.5 + random.nextDouble() / 2, random.nextInt(-29, 20));
            var multiplier = FixedPointMultiplier.of(real);

            assertThat(Math.scalb((double) multiplier.significand(), multiplier.shift() - 31))
                    .isCloseTo(real, within(real * 0x1p-31));
            assertThat(multiplier.significand()).isGreaterThanOrEqualTo(1 << 30);
        }
    }

    @Test
    void productsAreRoundedTwice() {
        var random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            var multiplier =
                    new FixedPointMultiplier(random.nextInt(1 << 30, Integer.MAX_VALUE), random.nextInt(-20, 4));
            int value = random.nextInt(-1 << 24, 1 << 24);

            assertThat(multiplier.apply(value)).isEqualTo((int) expected(value, multiplier, false));
        }
    }

    @Test
    void halvesGoAwayFromZero() {
        var quarter = FixedPointMultiplier.of(0.25);
        assertThat(quarter.apply(2)).isEqualTo(1);
        assertThat(quarter.apply(-2)).isEqualTo(-1);
        assertThat(quarter.apply(1)).isOne(); // a quarter, rounded to a half, rounded to one
        assertThat(FixedPointMultiplier.of(1).apply(-77)).isEqualTo(-77);
        assertThat(FixedPointMultiplier.of(8).apply(-77)).isEqualTo(-616);
        assertThat(FixedPointMultiplier.of(0).apply(1 << 20)).isZero();
        assertThat(FixedPointMultiplier.of(0x1p-40).apply(Integer.MAX_VALUE)).isZero();
    }

    @Test
    void roundingUpToAPowerOfTwoIsThatPower() {
        assertThat(FixedPointMultiplier.of(Math.nextDown(0.5))).isEqualTo(FixedPointMultiplier.of(0.5));
    }

    @Test
    void aMeanDividesRoundingDown() {
        for (int count = 1; count < 100; count++) {
            var whole = FixedPointMultiplier.of(0.7);
            var share = whole.over(count);
            double real = Math.scalb((double) share.significand(), share.shift() - 31);
            assertThat(real).isLessThanOrEqualTo(0.7 / count + 1e-9).isCloseTo(0.7 / count, within(1e-9));
        }
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        for (double real : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, 0x1p30}) {
            assertThatThrownBy(() -> FixedPointMultiplier.of(real))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("scales");
        }
    }
}
