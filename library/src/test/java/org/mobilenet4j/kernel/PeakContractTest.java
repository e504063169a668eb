package org.mobilenet4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.kernel.variant.KernelVariant;

/// The peak is only worth something if every mult-add that is counted is done.
@Tag("contract")
class PeakContractTest {
    static List<KernelVariant> variants() {
        return KernelVariant.available();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void everySumTakesPartInEveryRound(KernelVariant variant) {
        var kernel = variant.kernels().peak();
        int sums = kernel.multAddsPerUnit();
        var memory = new float[PeakKernel.MEMORY];
        for (int i = 0; i < memory.length; i++) {
            memory[i] = 1 + i;
        }
        var expected = memory.clone();
        for (int i = 0; i < sums; i++) {
            expected[i] = 1 + i / 8f; // halved three times
        }

        kernel.run(memory, 0, 3);
        assertThat(memory).isEqualTo(expected);

        kernel.run(memory);
        assertThat(Arrays.copyOf(memory, sums)).containsOnly(1f);
    }
}
