package org.mobilenet4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.plain.ZeroPadding;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.tensor.Shape;

/// A memory with an input plane full of random values, zeros around it as far as a window reaches, an output plane, and
/// sentinels everywhere else.
public final class Scene {
    public static final float SENTINEL = -12345.678f;

    final float[] memory;
    final Plane in;
    final Plane out;
    private final float[] before;

    private Scene(float[] memory, Plane in, Plane out) {
        this.memory = memory;
        this.in = in;
        this.out = out;
        this.before = memory.clone();
    }

    /// @param gap floats between pixels beyond the channels, on both planes
    static Scene of(Shape input, Shape output, Window window, int gap, long seed) {
        int top = window.top(input);
        int left = window.left(input);
        int inPixel = input.channels() + gap;
        int inRow = (left + input.width() + window.right(input)) * inPixel + 3 * gap;
        int inStart = 11 + top * inRow + left * inPixel;
        var in = new Plane(inStart, input, inRow, inPixel);
        int inEnd = in.at(input.height() + window.bottom(input), 0) + 5;
        int outPixel = output.channels() + gap;
        var out = new Plane(inEnd, output, output.width() * outPixel + gap, outPixel);
        var memory = new float[out.at(output.height(), 0) + Kernel.SLACK];
        Arrays.fill(memory, SENTINEL);
        new ZeroPadding(in, top, window.bottom(input), left, window.right(input)).run(Memory.of(memory));
        var random = new Random(seed);
        for (int y = 0; y < input.height(); y++) {
            for (int x = 0; x < input.width(); x++) {
                for (int c = 0; c < input.channels(); c++) {
                    memory[in.at(y, x) + c] = random.nextFloat() * 4 - 2;
                }
            }
        }
        return new Scene(memory, in, out);
    }

    public static float[] random(int size, long seed) {
        var random = new Random(seed);
        var values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat() * 2 - 1;
        }
        return values;
    }

    /// Runs the kernel in pieces of odd sizes and checks that nothing but the output changed.
    void run(KernelVariant variant, Kernel kernel) {
        int units = kernel.units();
        int third = units / 3;
        VariantMemory.run(variant, kernel, memory, third, units);
        VariantMemory.run(variant, kernel, memory, 0, third);
        var expected = before.clone();
        for (int y = 0; y < out.shape().height(); y++) {
            for (int x = 0; x < out.shape().width(); x++) {
                int at = out.at(y, x);
                System.arraycopy(memory, at, expected, at, out.shape().channels());
            }
        }
        assertThat(Arrays.equals(memory, expected))
                .as(
                        "nothing but the output is written, first difference at %s of %s",
                        Arrays.mismatch(memory, expected), out)
                .isTrue();
    }

    /// The bits of the output, as a value to compare variants by.
    List<Float> outputs() {
        var values = new ArrayList<Float>();
        for (int y = 0; y < out.shape().height(); y++) {
            for (int x = 0; x < out.shape().width(); x++) {
                for (int c = 0; c < out.shape().channels(); c++) {
                    values.add(memory[out.at(y, x) + c] + 0f); // the variants may differ in the sign of zero
                }
            }
        }
        return values;
    }

    /// What one output should be, with the sum of the magnitudes that went into it.
    record Expected(double value, double magnitude, int terms) {}

    /// How an output is computed, in double precision.
    interface Reference {
        Expected at(int y, int x, int channel);
    }

    /// Compares every output; the tolerance grows with the number of terms and their size.
    void assertOutputs(Reference reference, Clamp clamp) {
        for (int y = 0; y < out.shape().height(); y++) {
            for (int x = 0; x < out.shape().width(); x++) {
                for (int c = 0; c < out.shape().channels(); c++) {
                    var expected = reference.at(y, x, c);
                    double value = clamp(expected.value(), clamp);
                    double tolerance = (expected.terms() + 2) * 0x1p-24 * (expected.magnitude() + 1e-6);
                    float actual = memory[out.at(y, x) + c];
                    if (!(Math.abs(actual - value) <= tolerance)) {
                        throw new AssertionError("at (" + y + "," + x + "," + c + "): " + actual + " is not " + value
                                + " within " + tolerance);
                    }
                }
            }
        }
    }

    /// The input at `(y, x)`, which may lie in the border.
    float input(int y, int x, int c) {
        boolean inside =
                y >= 0 && y < in.shape().height() && x >= 0 && x < in.shape().width();
        return inside ? before[in.at(y, x) + c] : 0;
    }

    private static double clamp(double value, Clamp clamp) {
        return switch (clamp) {
            case NONE -> value;
            case RELU -> Math.max(value, 0);
            case RELU6 -> Math.min(Math.max(value, 0), 6);
        };
    }
}
