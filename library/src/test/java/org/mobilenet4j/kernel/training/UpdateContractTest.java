package org.mobilenet4j.kernel.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.kernel.Scene;
import org.mobilenet4j.kernel.variant.KernelVariant;

/// Every variant of the optimizers' updates gives the bits of plain loops, and leaves alone what is outside the range.
@Tag("contract")
class UpdateContractTest {
    private static final int SIZE = 103;
    private static final int FROM = 5;
    private static final int TO = 98;

    static List<KernelVariant> variants() {
        return KernelVariant.available();
    }

    /// One rule on four arrays.
    private interface Rule {
        void run(UpdateKernel kernel, float[] a, float[] b, float[] c, float[] d);
    }

    private static final List<Rule> RULES = List.of(
            (kernel, a, b, c, _) -> kernel.descend(a, b, c, FROM, TO, 0.1f, 1e-3f, 0.9f),
            (kernel, a, b, c, _) -> kernel.descendAhead(a, b, c, FROM, TO, 0.1f, 1e-3f, 0.9f),
            (kernel, a, b, c, d) -> kernel.rmsPropTensorFlow(a, b, c, d, FROM, TO, 0.1f, 1e-3f, 0.1f, 0.9f, 1e-2f),
            (kernel, a, b, c, d) -> kernel.rmsPropPyTorch(a, b, c, d, FROM, TO, 0.1f, 1e-3f, 0.9f, 0.1f, 0.8f, 1e-2f),
            (kernel, a, b, c, d) -> kernel.adamW(a, b, d, c, FROM, TO, 0.999f, 0.1f, 0.7f, 0.1f, 0.99f, 0.01f, 1e-3f),
            (kernel, a, b, _, _) -> kernel.average(a, b, FROM, TO, 0.25f));

    @ParameterizedTest
    @MethodSource("variants")
    void bitsAreThoseOfPlainLoops(KernelVariant variant) {
        var plain = KernelVariant.SCALAR.kernels().update();
        var kernel = variant.kernels().update();
        for (var rule : RULES) {
            var wanted = arrays();
            var arrays = arrays();
            for (int step = 0; step < 3; step++) {
                rule.run(plain, wanted[0], wanted[1], wanted[2], wanted[3]);
                rule.run(kernel, arrays[0], arrays[1], arrays[2], arrays[3]);
            }

            assertThat(Arrays.equals(wanted[0], arrays()[0]) && Arrays.equals(wanted[1], arrays()[1]))
                    .isFalse();
            for (int i = 0; i < arrays.length; i++) {
                assertThat(arrays[i]).as("array %d", i).containsExactly(wanted[i]);
            }
        }
    }

    /// The third one is of squares.
    private static float[][] arrays() {
        var arrays = new float[][] {
            Scene.random(SIZE, 1), Scene.random(SIZE, 2), Scene.random(SIZE, 3), Scene.random(SIZE, 4)
        };
        for (int i = 0; i < SIZE; i++) {
            arrays[2][i] = Math.abs(arrays[2][i]);
        }
        return arrays;
    }
}
