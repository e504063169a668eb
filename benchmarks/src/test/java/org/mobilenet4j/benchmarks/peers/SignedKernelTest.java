package org.mobilenet4j.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Tensor;

class SignedKernelTest {
    private static Tensor tensor(ElementType type, Quantization quantization, int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Tensor.of(MemorySegment.ofArray(bytes), type, List.of(values.length / 2, 2), quantization);
    }

    @Test
    void whatFitsASignedByteIsKept() {
        var scales = Quantization.perChannel(new float[] {0.5f, 0.25f}, new int[] {0, 0});

        var kernel = SignedKernel.of(tensor(ElementType.INT8, scales, -128, 127, 3, -4), 2);

        assertThat(kernel.values()).containsExactly(-128, 127, 3, -4);
        assertThat(kernel.scales()).containsExactly(0.5f, 0.25f);
    }

    @Test
    void distancesFromAZeroPointAreKeptWhereTheyFit() {
        // Channel 0: 10, -50. Channel 1: 155, -100.
        var kernel = SignedKernel.of(tensor(ElementType.UINT8, Quantization.of(0.5f, 100), 110, 255, 50, 0), 2);

        assertThat(kernel.values()).containsExactly(10, 127, -50, Math.round(-100 * 127 / 155f));
        assertThat(kernel.scales()[0]).isEqualTo(0.5f);
        assertThat(kernel.scales()[1] * kernel.values()[1]).isEqualTo(0.5f * 155, within(1e-4f));
    }

    @Test
    void theLongestDistancesBothWaysFit() {
        var up = SignedKernel.of(tensor(ElementType.UINT8, Quantization.of(1, 0), 255, 0), 2);
        var down = SignedKernel.of(tensor(ElementType.UINT8, Quantization.of(1, 255), 0, 255), 2);

        assertThat(up.values()).containsExactly(127, 0);
        assertThat(down.values()).containsExactly(-127, 0);
        assertThat(down.scales()[0] * down.values()[0]).isEqualTo(-255, within(1.5f));
    }
}
