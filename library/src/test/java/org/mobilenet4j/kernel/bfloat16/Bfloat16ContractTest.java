package org.mobilenet4j.kernel.bfloat16;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.Scene;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.variant.KernelVariant;

/// Products in bfloat16 of all variants: those of machine code to the bit of plain loops on rounded factors, all near
/// to
/// the exact sums of these, those of narrow layers in floats.
@Tag("contract")
class Bfloat16ContractTest {
    private static final int[] SIZES = {1, 15, 16, 17, 31, 33, 48, 65};
    private static final int AT = 5;
    private static final Kernels PLAIN = new RoundedKernels(KernelVariant.SCALAR.kernels());

    static List<KernelVariant> variants() {
        return KernelVariant.available();
    }

    private static float factor(float value, int depth, int width) {
        return Bfloat16.isFor(depth, width) ? Bfloat16.round(value) : value;
    }

    /// Each of so many roundings errs by half a step.
    private static double tolerance(int length, double magnitude) {
        return (length + 1) * Math.ulp(1f) / 2 * magnitude;
    }

    private static float[] product(Kernels kernels, int rows, int depth, int width, boolean isTransposed) {
        int inStride = depth + 3;
        var kernel = kernels.gemm(depth, width, inStride, PixelStride.of(width), rows);
        var packed = new float[kernel.packedSize()];
        kernel.pack(Scene.random(depth * width, 2), 0, isTransposed ? 1 : width, isTransposed ? depth : 1, packed);
        var out = new float[AT + rows * PixelStride.of(width)];
        var bias = Arrays.copyOf(Scene.random(width, 3), PixelStride.of(width));
        kernel.multiply(Scene.random(AT + rows * inStride, 1), AT, rows, packed, bias, out, AT);
        return out;
    }

    private static void checkProduct(KernelVariant variant, int rows, int depth, int width, boolean isTransposed) {
        var out = product(variant.bfloat16Kernels(), rows, depth, width, isTransposed);

        if (variant == KernelVariant.MACHINE) {
            assertThat(out).isEqualTo(product(PLAIN, rows, depth, width, isTransposed));
        }
        var in = Scene.random(AT + rows * (depth + 3), 1);
        var weights = Scene.random(depth * width, 2);
        var bias = Scene.random(width, 3);
        for (int p = 0; p < rows; p++) {
            for (int o = 0; o < width; o++) {
                double sum = bias[o];
                double magnitude = Math.abs(sum);
                for (int k = 0; k < depth; k++) {
                    float weight = weights[isTransposed ? o * depth + k : k * width + o];
                    double term =
                            (double) factor(in[AT + p * (depth + 3) + k], depth, width) * factor(weight, depth, width);
                    sum += term;
                    magnitude += Math.abs(term);
                }
                assertThat(Math.abs(out[AT + p * PixelStride.of(width) + o] - sum))
                        .as("row %d, column %d of %dx%dx%d", p, o, rows, depth, width)
                        .isLessThanOrEqualTo(tolerance(depth, magnitude));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void productsOfRoundedFactors(KernelVariant variant) {
        for (int width : SIZES) {
            for (int depth : SIZES) {
                checkProduct(variant, 1 + (depth + width) % 29, depth, width, (depth + width) % 3 == 0);
            }
        }
        checkProduct(variant, 40, 300, 130, true);
    }

    private static void checkGradient(KernelVariant variant, int rows, int depth, int width) {
        int inStride = depth + 1;
        int outStride = PixelStride.of(width) + 16;
        var in = Scene.random(AT + rows * inStride, 4);
        var out = Scene.random(AT + rows * outStride, 5);
        int stride = PixelStride.of(width);
        var before = Scene.random(depth * stride + 16, 6);
        var sums = before.clone();

        variant.bfloat16Kernels()
                .weightGradient(depth, width, inStride, outStride)
                .add(in, AT, out, AT, rows, sums);

        for (int i = 0; i < depth; i++) {
            for (int o = 0; o < width; o++) {
                double sum = before[i * stride + o];
                double magnitude = Math.abs(sum);
                for (int p = 0; p < rows; p++) {
                    double term = (double) factor(in[AT + p * inStride + i], depth, width)
                            * factor(out[AT + p * outStride + o], depth, width);
                    sum += term;
                    magnitude += Math.abs(term);
                }
                assertThat(Math.abs(sums[i * stride + o] - sum))
                        .as("weight %d, %d of %dx%dx%d", i, o, rows, depth, width)
                        .isLessThanOrEqualTo(tolerance(rows, magnitude));
            }
        }
        assertThat(Arrays.copyOfRange(sums, depth * stride, sums.length))
                .isEqualTo(Arrays.copyOfRange(before, depth * stride, before.length));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void gradientsOfRoundedFactors(KernelVariant variant) {
        for (int width : SIZES) {
            for (int depth : SIZES) {
                checkGradient(variant, 1 + (width + depth) % 11, depth, width);
            }
        }
        // Rows are rounded some hundred at a time.
        checkGradient(variant, 700, 27, 40);
        checkGradient(variant, 641, 16, 20);
    }
}
