package org.mobilenet4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.kernel.machine.IntegersInBytes;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.machine.recipe.PeakRecipe;

/// The peak is only worth something if every mult-add that is counted is done.
@Tag("contract")
class PeakContractTest {
    static List<KernelVariant> variants() {
        return KernelVariant.available();
    }

    static List<Target> targets() {
        return TestTarget.all();
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

    @Test
    void everyProductInBfloat16IsAdded() {
        assumeTrue(KernelVariant.preferred().hasBfloat16(), "no instructions for bfloat16");
        var kernel = KernelVariant.preferred().bfloat16Kernels().peak();
        int sums = kernel.multAddsPerUnit() / 2;
        var memory = new float[PeakKernel.MEMORY];
        var expected = new float[PeakKernel.MEMORY];
        Arrays.fill(expected, 0, sums, 6f);

        kernel.run(memory, 0, 3);
        assertThat(memory).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void everyProductOfIntegersIsAdded(Target target) {
        var kernel = new IntegersInBytes(target).peak();
        int products = PeakRecipe.Work.ofIntegers(target.isa()).multAdds();
        int sums = kernel.multAddsPerUnit() / products;
        var memory = new float[PeakKernel.MEMORY];

        kernel.run(memory, 0, 3);
        for (int i = 0; i < memory.length; i++) {
            assertThat(Float.floatToRawIntBits(memory[i])).isEqualTo(i < sums ? 3 * products : 0);
        }
    }
}
