package org.mobilenet4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.kernel.variant.KernelVariant;

/// Both variants of fake quantization, bit for bit: what would be stored and read again, and the way straight through.
@Tag("contract")
class FakeQuantizeContractTest {
    private static final int AT = 3;

    static List<KernelVariant> variants() {
        return KernelVariant.available();
    }

    private record Case(int pixels, int channels, int inStride, int outStride, float step, int low, int high) {
        static List<Case> all() {
            return List.of(
                    new Case(1, 16, 16, 16, 0x1p-5f, 0, 192),
                    new Case(6, 32, 32, 48, 0.0235294f, 0, 255),
                    new Case(7, 80, 96, 80, 0.0371f, -128, 127),
                    new Case(5, 48, 48, 48, 0.11f, -255, 0));
        }

        float[] map(int stride, int seed) {
            var map = Scene.random(AT + pixels * stride + 16, seed);
            for (int i = 0; i < map.length; i++) {
                map[i] *= 9; // so that both bounds are met
            }
            return map;
        }

        boolean isInside(int place, int stride) {
            int i = place - AT;
            return i >= 0 && i / stride < pixels && i % stride < channels;
        }
    }

    /// The kernel that stores for the engine says which number it is.
    private static float expected(float real, Case each) {
        var memory = new float[1];
        KernelVariant.SCALAR
                .kernels()
                .quantize(each.step, each.low, each.high)
                .run(new float[] {real}, 0, memory, 0, 1);
        return memory[0] * each.step;
    }

    private static float[] quantized(KernelVariant variant, Case each, float[] in) {
        var out = new float[AT + each.pixels * each.outStride + 16];
        Arrays.fill(out, Scene.SENTINEL);
        variant.kernels()
                .fakeQuantize()
                .quantize(
                        in,
                        AT,
                        each.inStride,
                        each.step,
                        each.low,
                        each.high,
                        out,
                        AT,
                        each.outStride,
                        each.pixels,
                        each.channels);
        return out;
    }

    @ParameterizedTest
    @MethodSource("variants")
    void storesAndReadsAgain(KernelVariant variant) {
        for (var each : Case.all()) {
            var in = each.map(each.inStride, 1);
            for (int i = AT; i < AT + each.channels; i++) { // halves and their neighbors
                float half = (i * 3 % 300 - 150 + 0.5f) * each.step;
                in[i] = i % 3 == 0 ? half : i % 3 == 1 ? Math.nextUp(half) : Math.nextDown(half);
            }
            var out = quantized(variant, each, in);
            for (int i = 0; i < out.length; i++) {
                int pixel = (i - AT) / each.outStride;
                int source = AT + pixel * each.inStride + (i - AT) % each.outStride;
                assertThat(out[i])
                        .as("%s, place %d", each, i)
                        .isEqualTo(each.isInside(i, each.outStride) ? expected(in[source], each) : Scene.SENTINEL);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void noNumberIsZero(KernelVariant variant) {
        var each = new Case(1, 16, 16, 16, 0.5f, -10, 20);
        var in = new float[AT + 32];
        Arrays.fill(in, Float.NaN);
        in[AT + 1] = Float.POSITIVE_INFINITY;
        in[AT + 2] = Float.NEGATIVE_INFINITY;
        in[AT + 3] = -0f;
        assertThat(Arrays.copyOfRange(quantized(variant, each, in), AT, AT + 5)).containsExactly(0, 10, -5, 0, 0);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void goesStraightThroughInsideTheRange(KernelVariant variant) {
        for (var each : Case.all()) {
            for (boolean adds : new boolean[] {false, true}) {
                var in = each.map(each.inStride, 1);
                var incoming = each.map(each.outStride, 2);
                var before = each.map(each.inStride, 3);
                var gradient = before.clone();
                float least = each.low * each.step;
                float greatest = each.high * each.step;
                in[AT] = least;
                in[AT + 1] = greatest;
                variant.kernels()
                        .fakeQuantize()
                        .pass(
                                incoming,
                                AT,
                                each.outStride,
                                in,
                                least,
                                greatest,
                                gradient,
                                AT,
                                each.inStride,
                                adds,
                                each.pixels,
                                each.channels);
                for (int i = 0; i < gradient.length; i++) {
                    int pixel = (i - AT) / each.inStride;
                    int source = AT + pixel * each.outStride + (i - AT) % each.inStride;
                    if (each.isInside(i, each.inStride)) {
                        float passed = least < in[i] && in[i] < greatest ? incoming[source] : 0;
                        assertThat(gradient[i]).isEqualTo(adds ? before[i] + passed : passed);
                    } else {
                        assertThat(gradient[i]).isEqualTo(before[i]);
                    }
                }
            }
        }
    }
}
