package org.mobilenet4j.kernel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.kernel.Scene;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.variant.KernelVariant;

/// Both variants of the matrix product and of the gradient of its weights, against sums in double precision.
@Tag("contract")
class GemmContractTest {
    private static final int[] SIZES = {1, 2, 7, 8, 13, 14, 15, 16, 17, 31, 32, 33, 48, 65};
    private static final int AT = 5;
    private static final int GAP = 16;

    static List<KernelVariant> variants() {
        return KernelVariant.available();
    }

    /// Rounding errors grow with the length of a sum.
    private static double tolerance(int length, double magnitude) {
        return 1e-7 * (length + 8) * (magnitude + 1);
    }

    private static void checkProduct(KernelVariant variant, int rows, int depth, int width, boolean isTransposed) {
        int inStride = depth + 3;
        int outStride = PixelStride.of(width) + GAP;
        var in = Scene.random(AT + rows * inStride, 1);
        var weights = Scene.random(depth * width, 2);
        var bias = Arrays.copyOf(Scene.random(width, 3), PixelStride.of(width));
        var kernel = variant.kernels().gemm(depth, width, inStride, outStride, rows);
        var packed = new float[kernel.packedSize()];
        int rowStride = isTransposed ? 1 : width;
        int columnStride = isTransposed ? depth : 1;
        kernel.pack(weights, 0, rowStride, columnStride, packed);
        var out = new float[AT + rows * outStride];
        Arrays.fill(out, Scene.SENTINEL);

        kernel.multiply(in, AT, rows, packed, bias, out, AT);

        assertThat(Arrays.copyOf(out, AT)).containsOnly(Scene.SENTINEL);
        for (int p = 0; p < rows; p++) {
            for (int o = 0; o < outStride; o++) {
                float value = out[AT + p * outStride + o];
                if (o >= PixelStride.of(width)) {
                    assertThat(value).isEqualTo(Scene.SENTINEL);
                    continue;
                }
                double sum = o < width ? bias[o] : 0;
                double magnitude = Math.abs(sum);
                for (int k = 0; k < depth && o < width; k++) {
                    double term = (double) in[AT + p * inStride + k] * weights[k * rowStride + o * columnStride];
                    sum += term;
                    magnitude += Math.abs(term);
                }
                assertThat(Math.abs(value - sum))
                        .as("row %d, column %d of %dx%dx%d", p, o, rows, depth, width)
                        .isLessThanOrEqualTo(tolerance(depth, magnitude));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void productsOfSizesAroundTheTile(KernelVariant variant) {
        for (int width : SIZES) {
            for (int rows : new int[] {1, 12, 13, 14, 27}) {
                checkProduct(variant, rows, 1 + (rows + width) % 19, width, width % 2 == 0);
            }
        }
        checkProduct(variant, 64, 300, 130, true);
    }

    private static void checkGradient(KernelVariant variant, int rows, int depth, int width) {
        int inStride = depth + 1;
        int outStride = PixelStride.of(width) + GAP;
        var in = Scene.random(AT + rows * inStride, 4);
        var out = Scene.random(AT + rows * outStride, 5);
        int stride = PixelStride.of(width);
        var before = Scene.random(depth * stride + GAP, 6);
        var sums = before.clone();

        variant.kernels().weightGradient(depth, width, inStride, outStride).add(in, AT, out, AT, rows, sums);

        for (int i = 0; i < depth; i++) {
            for (int o = 0; o < width; o++) {
                double sum = before[i * stride + o];
                double magnitude = Math.abs(sum);
                for (int p = 0; p < rows; p++) {
                    double term = (double) in[AT + p * inStride + i] * out[AT + p * outStride + o];
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
    void gradientsOfSizesAroundTheTile(KernelVariant variant) {
        for (int width : SIZES) {
            for (int depth : SIZES) {
                checkGradient(variant, 1 + (width + depth) % 11, depth, width);
            }
        }
        checkGradient(variant, 500, 27, 40);
    }

    @Test
    void refusesStridesThatAreTooShort() {
        assertThatThrownBy(() -> KernelVariant.SCALAR.kernels().gemm(8, 20, 8, 20, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20 apart");
        assertThatThrownBy(() -> KernelVariant.SCALAR.kernels().weightGradient(8, 20, 7, 32))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
