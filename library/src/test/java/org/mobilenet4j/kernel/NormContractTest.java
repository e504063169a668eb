package org.mobilenet4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.variant.KernelVariant;

/// Both variants of what batch normalization does, against the formulas: maps bit for bit, sums nearly.
@Tag("contract")
class NormContractTest {
    private static final int AT = 3;
    private static final float[] BOUNDS = {6, 0, Math.nextDown(6f), -0f, Float.MIN_VALUE};

    static List<KernelVariant> variants() {
        return KernelVariant.available();
    }

    private record Case(int pixels, int channels, int stride, Clamp clamp) {
        static List<Case> all() {
            return Arrays.stream(Clamp.values())
                    .flatMap(clamp ->
                            List.of(new Case(1, 16, 16, clamp), new Case(6, 32, 48, clamp), new Case(7, 80, 80, clamp))
                                    .stream())
                    .toList();
        }

        float[] map(int seed) {
            var map = Scene.random(AT + pixels * stride + 16, seed);
            for (int i = 0; i < map.length; i++) {
                map[i] *= 5; // so that both bounds are met
            }
            return map;
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void activates(KernelVariant variant) {
        for (var each : Case.all()) {
            var in = each.map(1);
            var scale = Scene.random(each.channels, 2);
            var shift = Scene.random(each.channels, 3);
            var out = new float[in.length];
            Arrays.fill(out, Scene.SENTINEL);
            variant.kernels()
                    .norm()
                    .activate(
                            in,
                            AT,
                            each.stride,
                            scale,
                            shift,
                            each.clamp,
                            out,
                            AT,
                            each.stride,
                            each.pixels,
                            each.channels);
            for (int i = 0; i < out.length; i++) {
                int c = (i - AT) % each.stride;
                boolean isInside = i >= AT && (i - AT) / each.stride < each.pixels && c < each.channels;
                assertThat(out[i])
                        .isEqualTo(isInside ? each.clamp.apply(Math.fma(in[i], scale[c], shift[c])) : Scene.SENTINEL);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void sumsDistancesAndSquares(KernelVariant variant) {
        for (var each : Case.all()) {
            var in = each.map(1);
            var center = Scene.random(each.channels, 2);
            var sums = new float[each.channels];
            var squares = new float[each.channels];
            variant.kernels().norm().statistics(in, AT, each.stride, center, sums, squares, each.pixels, each.channels);
            for (int c = 0; c < each.channels; c++) {
                double sum = 0;
                double square = 0;
                for (int p = 0; p < each.pixels; p++) {
                    double distance = (double) in[AT + p * each.stride + c] - center[c];
                    sum += distance;
                    square += distance * distance;
                }
                assertThat((double) sums[c]).isCloseTo(sum, within(square + 1));
                assertThat((double) squares[c]).isCloseTo(square, within(square + 1));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void goesBackWhereTheActivationIsOpen(KernelVariant variant) {
        for (var each : Case.all()) {
            for (boolean adds : new boolean[] {false, true}) {
                var in = each.map(1);
                var incoming = each.map(2);
                var before = each.map(3);
                var gradient = before.clone();
                var scale = Scene.random(each.channels, 4);
                var shift = Scene.random(each.channels, 5);
                var center = Scene.random(each.channels, 6);
                // The first channel meets the bounds of ReLU6, where the activation is closed.
                scale[0] = 1;
                shift[0] = 0;
                for (int p = 0; p < each.pixels; p++) {
                    in[AT + p * each.stride] = BOUNDS[p % BOUNDS.length];
                }
                var sums = new float[each.channels];
                var products = new float[each.channels];
                variant.kernels()
                        .norm()
                        .deactivate(
                                incoming,
                                AT,
                                each.stride,
                                in,
                                scale,
                                shift,
                                each.clamp,
                                center,
                                gradient,
                                AT,
                                each.stride,
                                adds,
                                sums,
                                products,
                                each.pixels,
                                each.channels);
                for (int c = 0; c < each.channels; c++) {
                    double sum = 0;
                    double product = 0;
                    double magnitude = 1;
                    for (int p = 0; p < each.pixels; p++) {
                        int i = AT + p * each.stride + c;
                        float value = Math.fma(in[i], scale[c], shift[c]);
                        boolean isOpen = value > each.clamp.low() && value < each.clamp.high();
                        float passed = isOpen ? incoming[i] : 0;
                        assertThat(gradient[i]).isEqualTo(adds ? before[i] + passed : passed);
                        sum += passed;
                        product += passed * ((double) in[i] - center[c]);
                        magnitude += Math.abs(passed * ((double) in[i] - center[c])) + Math.abs(passed);
                    }
                    assertThat((double) sums[c]).isCloseTo(sum, within(magnitude));
                    assertThat((double) products[c]).isCloseTo(product, within(magnitude));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void combines(KernelVariant variant) {
        for (var each : Case.all()) {
            var in = each.map(1);
            var gradient = each.map(2);
            var a = Scene.random(each.channels, 3);
            var b = Scene.random(each.channels, 4);
            var c = Scene.random(each.channels, 5);
            var out = new float[in.length];
            variant.kernels()
                    .norm()
                    .combine(gradient, in, AT, each.stride, a, b, c, out, AT, each.stride, each.pixels, each.channels);
            for (int p = 0; p < each.pixels; p++) {
                for (int i = 0; i < each.channels; i++) {
                    int at = AT + p * each.stride + i;
                    assertThat(out[at]).isEqualTo(Math.fma(gradient[at], a[i], Math.fma(in[at], b[i], c[i])));
                }
            }
        }
    }

    private static org.assertj.core.data.Offset<Double> within(double magnitude) {
        return org.assertj.core.data.Offset.offset(2e-6 * magnitude);
    }
}
