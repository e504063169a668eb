package org.mobilenet4j.compress.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Tensor;

class WeightQuantizerTest {
    private static final float[] NONE = new float[2];

    /// Channels of 127, 0.5 and -254, 3: scales of 1 and 2.
    private static final Tensor KERNEL = Tensor.of(new float[] {127, -254, 0.5f, 3}, 2, 2);

    @Test
    void aScaleForEachChannel() {
        var stored = WeightQuantizer.of(KERNEL, NONE, 1, WeightScheme.PER_CHANNEL);

        assertThat(stored.type()).isEqualTo(ElementType.INT8);
        assertThat(stored.quantization()).contains(Quantization.perChannel(new float[] {1, 2}, new int[2]));
        assertThat(numbers(stored)).containsExactly(127, -127, 1, 2); // 0.5 and 1.5 away from zero
    }

    @Test
    void aScaleForAll() {
        var stored = WeightQuantizer.of(KERNEL, NONE, 1, WeightScheme.PER_TENSOR);

        assertThat(stored.quantization()).contains(Quantization.of(2, 0));
        assertThat(numbers(stored)).containsExactly(64, -127, 0, 2);
    }

    /// The zero point is 254 / (381 / 255) = 170.
    @Test
    void aScaleAndAZeroPointForAll() {
        var stored = WeightQuantizer.of(KERNEL, NONE, 1, WeightScheme.PER_TENSOR_ASYMMETRIC);

        assertThat(stored.type()).isEqualTo(ElementType.UINT8);
        assertThat(stored.quantization()).contains(Quantization.of(381 / 255f, 170));
        assertThat(numbers(stored)).containsExactly(255, 0, 170, 172);
    }

    @Test
    void biasesHaveTheScaleOfTheSums() {
        var kernel = Quantization.perChannel(new float[] {1, 2}, new int[2]);
        var stored = WeightQuantizer.bias(new float[] {3.25f, -2.5f}, 0.5f, kernel);

        assertThat(stored.type()).isEqualTo(ElementType.INT32);
        assertThat(stored.quantization()).contains(Quantization.perChannel(new float[] {0.5f, 1}, new int[2]));
        assertThat(numbers(stored)).containsExactly(7, -3);
    }

    @ParameterizedTest
    @EnumSource(WeightScheme.class)
    void aBiasFitsHoweverSmallTheWeightsAre(WeightScheme scheme) {
        var bias = new float[] {100, -3};
        for (float weight : new float[] {0, 1e-12f, 1e-30f, Float.MIN_VALUE}) {
            var kernel = WeightQuantizer.of(Tensor.of(new float[] {weight, weight}, 1, 2), bias, 0.02f, scheme);
            var stored = WeightQuantizer.bias(bias, 0.02f, kernel.quantization().orElseThrow());
            assertThat(stored.get(0)).isCloseTo(100, within(1e-4f));
            assertThat(stored.get(1)).isCloseTo(-3, within(1e-4f));
            assertThat(Math.abs((long) stored.quantizedValue(0))).isLessThanOrEqualTo((1 << 30) + 64);
        }
    }

    @ParameterizedTest
    @EnumSource(WeightScheme.class)
    void noWeightsAtAllAreZeros(WeightScheme scheme) {
        var stored = WeightQuantizer.of(Tensor.of(new float[4], 2, 2), NONE, 1, scheme);
        assertThat(stored.toArray()).containsOnly(0);
    }

    private static int[] numbers(Tensor tensor) {
        return IntStream.range(0, tensor.size()).map(tensor::quantizedValue).toArray();
    }
}
