package org.mobilenet4j.kernel.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.kernel.Scene;
import org.mobilenet4j.kernel.layout.TapLayout;
import org.mobilenet4j.kernel.variant.KernelVariant;

/// Both variants of the filter of each channel and of its gradient, against sums in double precision.
@Tag("contract")
class DepthwiseTrainingContractTest {
    private static final int AT = 7;

    static List<KernelVariant> variants() {
        return KernelVariant.available();
    }

    private static void check(
            KernelVariant variant,
            int height,
            int width,
            int stride,
            int dilation,
            int rows,
            int columns,
            int channels) {
        int inColumns = (columns - 1) * stride + (width - 1) * dilation + 1;
        int inRows = (rows - 1) * stride + (height - 1) * dilation + 1;
        int row = inColumns * channels;
        var taps = new TapLayout(
                height, width, stride * row, stride * channels, dilation * row, dilation * channels, channels);
        var kernel = variant.kernels().depthwiseTraining(taps);
        var in = Scene.random(AT + inRows * row, 1);
        var weights = Scene.random(height * width * channels, 2);
        int outStride = channels + 16;
        var out = new float[AT + rows * columns * outStride];
        Arrays.fill(out, Scene.SENTINEL);
        kernel.filter(in, AT, weights, out, AT, outStride, rows, columns);
        var gradient = Scene.random(AT + rows * columns * outStride, 3);
        var before = Scene.random(weights.length, 4);
        var sums = before.clone();
        kernel.addGradient(in, AT, gradient, AT, outStride, columns * outStride, rows, columns, sums);

        var wanted = new double[weights.length];
        Arrays.setAll(wanted, i -> before[i]);
        for (int p = 0; p < rows * columns; p++) {
            int window = AT + p / columns * stride * row + p % columns * stride * channels;
            for (int c = 0; c < outStride; c++) {
                int at = AT + p * outStride + c;
                if (c >= channels) {
                    assertThat(out[at]).isEqualTo(Scene.SENTINEL);
                    continue;
                }
                double sum = 0;
                for (int tap = 0; tap < height * width; tap++) {
                    int place = window + tap / width * dilation * row + tap % width * dilation * channels + c;
                    sum += (double) in[place] * weights[tap * channels + c];
                    wanted[tap * channels + c] += (double) in[place] * gradient[at];
                }
                assertThat((double) out[at]).isCloseTo(sum, Offset.offset(1e-6 * height * width));
            }
        }
        for (int i = 0; i < sums.length; i++) {
            assertThat((double) sums[i]).isCloseTo(wanted[i], Offset.offset(1e-6 * (rows * columns + 8)));
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void windowsStridesAndDilations(KernelVariant variant) {
        for (int size = 1; size <= 5; size++) {
            for (int stride = 1; stride <= 3; stride++) {
                check(variant, size, size, stride, 1, 4, 5, 16);
                check(variant, 3, size, stride, 2, 3, 1, 48);
                check(variant, size, 3, stride, 1, 1, 9, 32);
            }
        }
    }
}
