package org.mobilenet4j.kernel.bfloat16;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Bfloat16Test {
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1.00390625, 1", // half a step: to the even one
        "1.01171875, 1.015625",
        "1.0039064, 1.0078125",
        "-1.01171875, -1.015625",
        "3.4e38, Infinity",
        "3.3895314e38, 3.3895314e38",
        "1.1754942e-38, 0",
        "-1e-44, -0.0",
        "1.17549435e-38, 1.17549435e-38",
        "-Infinity, -Infinity",
        "NaN, NaN"
    })
    void roundsToTheNearest(float value, float rounded) {
        assertThat(Float.compare(Bfloat16.round(value), rounded)).isZero();
    }

    @Test
    void noOtherNumberIsNearer() {
        var random = new Random(5);
        for (int i = 0; i < 100_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (!Float.isFinite(value) || Math.abs(value) < Float.MIN_NORMAL || Math.abs(value) > 3e38f) {
                continue;
            }
            float rounded = Bfloat16.round(value);
            int bits = Float.floatToRawIntBits(rounded);
            assertThat(bits & 0xFFFF).isZero();
            double step = Math.abs((double) Float.intBitsToFloat(bits + 0x10000) - rounded);
            assertThat(Math.abs((double) rounded - value)).isLessThanOrEqualTo(step / 2);
        }
    }

    @Test
    void theFirstOfAPairIsInTheUpperHalf() {
        assertThat(Float.floatToRawIntBits(Bfloat16.pair(1, -2))).isEqualTo(0x3F80C000);
    }
}
