package org.mobilenet4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.kernel.variant.KernelVariant;

/// What every variant of the quantizing kernel keeps: the quotient in floats, rounded exactly, and nothing written
/// beside.
@Tag("contract")
class QuantizeContractTest {
    static List<KernelVariant> variants() {
        return KernelVariant.available();
    }

    private static float expected(float real, float scale, int low, int high) {
        float quotient = real / scale;
        if (Float.isNaN(quotient)) {
            return 0;
        }
        if (Math.abs(quotient) > 1e6) {
            return quotient < 0 ? low : high;
        }
        int rounded = new BigDecimal(quotient).setScale(0, RoundingMode.HALF_UP).intValueExact();
        return Math.clamp(rounded, low, high);
    }

    private static void check(KernelVariant variant, float[] source, float scale, int low, int high) {
        for (int count = 0; count <= source.length; count += count < 70 ? 1 : 301) {
            var memory = new float[source.length + 9];
            Arrays.fill(memory, Scene.SENTINEL);
            var expected = memory.clone();
            int from = source.length - count;
            for (int i = 0; i < count; i++) {
                expected[4 + i] = expected(source[from + i], scale, low, high);
            }

            variant.kernels().quantize(scale, low, high).run(source, from, memory, 4, count);

            assertThat(memory).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void noiseAndHalvesAndTheirNeighbors(KernelVariant variant) {
        var random = new Random(1);
        for (float scale : new float[] {0x1p-7f, 0.0078431f, 0.5f, 1, 3.7f}) {
            var source = new float[1300];
            for (int i = 0; i < source.length; i++) {
                float half = (random.nextInt(-150, 150) + 0.5f) * scale;
                source[i] = switch (i % 4) {
                    case 0 -> half;
                    case 1 -> Math.nextUp(half);
                    case 2 -> Math.nextDown(half);
                    default -> random.nextFloat(-300, 300) * scale;
                };
            }
            check(variant, source, scale, -128, 127);
            check(variant, source, scale, 0, 255);
            check(variant, source, scale, -255, 0);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void whatIsNoOrdinaryNumber(KernelVariant variant) {
        var source = new float[64];
        float[] odd = {
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            -0f,
            0f,
            0x1p31f,
            -0x1p31f,
            0.49999997f,
            -0.49999997f
        };
        for (int i = 0; i < source.length; i++) {
            source[i] = odd[i % odd.length];
        }
        check(variant, source, 1, -128, 127);
        check(variant, source, 0x1p-7f, -100, 155);
    }

    @Test
    void rangesWithoutZeroAreRefused() {
        assertThatThrownBy(() -> KernelVariant.SCALAR.kernels().quantize(1, 1, 5))
                .hasMessageContaining("1 to 5");
        assertThatThrownBy(() -> KernelVariant.SCALAR.kernels().quantize(0, -1, 5))
                .hasMessageContaining("steps of");
    }
}
