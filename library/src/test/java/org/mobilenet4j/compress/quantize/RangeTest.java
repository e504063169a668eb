package org.mobilenet4j.compress.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.tensor.ElementType;

class RangeTest {
    /// By hand: the zero point of -3 to 5 is -128 + 3 * 255 / 8 = -32.375; that of -1 to 1 lies
    /// half-way.
    @ParameterizedTest
    @CsvSource({
        "0, 6, INT8, 6, -128",
        "0, 6, UINT8, 6, 0",
        "-1, 1, INT8, 2, -1",
        "-1, 1, UINT8, 2, 128",
        "-3, 5, INT8, 8, -32",
        "-3, 5, UINT8, 8, 96",
        "-5, 0, INT8, 5, 127",
    })
    void scaleAndZeroPoint(float low, float high, ElementType type, float width, int zeroPoint) {
        assertThat(new Range(low, high).stored(type))
                .isEqualTo(new ActivationQuantization(type, width / 255, zeroPoint));
    }

    @Test
    void zeroIsAlwaysInside() {
        assertThat(Range.of(2, 5)).isEqualTo(new Range(0, 5));
        assertThat(Range.of(-5, -2)).isEqualTo(new Range(-5, 0));
        assertThat(new Range(-1, 2).union(new Range(-3, 1))).isEqualTo(new Range(-3, 2));
        assertThat(new Range(0, 0).stored(ElementType.INT8))
                .isEqualTo(new ActivationQuantization(ElementType.INT8, 1, -128));
    }

    @Test
    void whatIsNoRangeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Range(1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Range(Float.NaN, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Range(0, Float.POSITIVE_INFINITY));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 1", "-0.5, -1", "1.49, 1", "-1.51, -2", "2.5, 3", "-2.5, -3", "0, 0"})
    void halvesGoAwayFromZero(double real, long number) {
        assertThat(Rounding.halfAway(real)).isEqualTo(number);
    }
}
