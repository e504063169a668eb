package org.mobilenet4j.compress.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.tensor.ElementType;

class DistributionTest {
    @Test
    void quantilesOfEvenlySpreadValues() {
        var values = new float[10_001];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i - 2_500) / 1_000f; // -2.5 to 7.5
        }
        var seen = of(values);

        assertThat(seen.range()).isEqualTo(new Range(-2.5f, 7.5f));
        assertThat(seen.count()).isEqualTo(10_001);
        assertThat(seen.quantile(0)).isEqualTo(-2.5f);
        assertThat(seen.quantile(0.5)).isCloseTo(2.5f, within(0.004f));
        assertThat(seen.quantile(0.25)).isCloseTo(0f, within(0.004f));
        assertThat(seen.quantile(1)).isEqualTo(7.5f);
    }

    @Test
    void theOrderDoesNotMatter() {
        assertThat(of(1e-3f, 500, -2, 0)).isEqualTo(of(500, 0, -2, 1e-3f));
        assertThat(of(1e-3f, 500, -2, 0)).isNotEqualTo(of(500, 0, -2));
    }

    @Test
    void theErrorIsThatOfTheValues() {
        var values = outliers(1);
        var map = new Range(-1.5f, 3).stored(ElementType.INT8);
        double sum = 0;
        for (float value : values) {
            double error = value - Rounding.stored(value, map);
            sum += error * error;
        }
        assertThat(of(values).squaredError(map)).isCloseTo(sum / values.length, Percentage.withPercentage(0.5));
    }

    @Test
    void whatIsNotFiniteIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> of(1, Float.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> of(1, Float.NEGATIVE_INFINITY));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theLeastErrorIsNotAboveThatOfTheWholeRange(long seed) {
        var values = outliers(seed);
        var seen = of(values);

        double whole = error(values, RangeChoice.MIN_MAX.of(seen));
        assertThat(error(values, RangeChoice.MSE.of(seen))).isLessThan(whole);
        var narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = i % 256 - 128f; // nothing to gain by clipping
        }
        assertThat(error(narrow, RangeChoice.MSE.of(of(narrow))))
                .isLessThanOrEqualTo(error(narrow, RangeChoice.MIN_MAX.of(of(narrow))) + 1e-6);
    }

    @Test
    void percentilesLeaveOutliersOut() {
        var values = new float[100_000];
        var random = new Random(5);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        values[7] = 1_000;
        assertThat(RangeChoice.MIN_MAX.of(of(values)).high()).isEqualTo(1_000);
        assertThat(RangeChoice.PERCENTILE.of(of(values)).high()).isBetween(0.9f, 1.3f);
    }

    /// Nine of a hundred thousand are less than a ten-thousandth, eleven are more.
    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void percentilesLeaveOutATenThousandthAtEachEnd(int sign) {
        for (int outliers : new int[] {9, 11}) {
            var values = new float[100_000];
            for (int i = 0; i < values.length; i++) {
                values[i] = i < outliers ? sign * 100 : i % 201 / 100f - 1;
            }
            var range = RangeChoice.PERCENTILE.of(of(values));
            float end = sign > 0 ? range.high() : -range.low();
            float other = sign > 0 ? -range.low() : range.high();
            assertThat(end).isCloseTo(outliers == 9 ? 1 : 100, within(0.04f)); // a bin's width
            assertThat(other).isCloseTo(1, within(0.04f));
        }
    }

    /// Outliers among twenty million values are worth less than the smaller steps of all others, however far out they
    /// are on
    /// either side; where there are none, nothing is clipped.
    @ParameterizedTest
    @CsvSource({"-1, 20", "-20, 1", "-4, 20", "-20, 4"})
    void theLeastErrorClipsEachEndByItself(float least, float greatest) {
        var values = new float[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 201 / 100f - 1;
        }
        var seen = of(least, greatest);
        for (int i = 0; i < 2_000; i++) {
            seen.add(values);
        }
        var range = RangeChoice.MSE.of(seen);
        assertThat(range.low()).isBetween(-1.3f, -0.95f);
        assertThat(range.high()).isBetween(0.95f, 1.3f);
    }

    @ParameterizedTest
    @EnumSource(RangeChoice.class)
    void aMapWithoutValuesHasARangeOfZero(RangeChoice choice) {
        assertThat(choice.of(of(0, 0))).isEqualTo(new Range(0, 0));
        assertThat(choice.of(of())).isEqualTo(new Range(0, 0));
    }

    /// Mostly near zero, a few far out on one side.
    private static float[] outliers(long seed) {
        var random = new Random(seed);
        var values = new float[20_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * (i % 2_000 == 0 ? 8 : 0.5f);
        }
        values[3] = 20;
        return values;
    }

    private static double error(float[] values, Range range) {
        var map = range.stored(ElementType.INT8);
        double sum = 0;
        for (float value : values) {
            double error = value - Rounding.stored(value, map);
            sum += error * error;
        }
        return sum / values.length;
    }

    private static Distribution of(float... values) {
        var distribution = new Distribution();
        distribution.add(values);
        return distribution;
    }
}
