package org.mobilenet4j.machine.recipe.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.machine.GuardedMemory;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.tensor.Shape;

/// Real numbers to bytes and back, as plain loops do it, to the bit.
class ImageRecipeTest {
    private static final byte PATTERN = 77;
    private static final float[] ODD = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.MIN_VALUE,
        -0f,
        0f,
        0x1p31f,
        -0x1p31f,
        0.49999997f,
        -0.49999997f
    };

    private static float[] reals(int count, float scale, Random random) {
        var reals = new float[count];
        for (int i = 0; i < count; i++) {
            float half = (random.nextInt(-300, 300) + 0.5f) * scale;
            reals[i] = switch (random.nextInt(6)) {
                case 0 -> half;
                case 1 -> Math.nextUp(half);
                case 2 -> Math.nextDown(half);
                case 3 -> ODD[random.nextInt(ODD.length)];
                default -> random.nextFloat(-300, 300) * scale;
            };
        }
        return reals;
    }

    private static void check(Target target, Plane plane, float scale, int zero, Random random) {
        var a = new X64Assembler();
        ImageRecipe.quantize(a, target.convention(), "quantize", plane, scale, zero, target.isa());
        ImageRecipe.dequantize(a, target.convention(), "dequantize", plane, scale, zero, target.isa());
        var shape = plane.shape();
        int end = plane.at(shape.height() - 1, shape.width() - 1) + shape.channels();
        var reals = reals(shape.elements(), scale, random);
        var integers = new float[reals.length];
        KernelVariant.SCALAR.kernels().quantize(scale, -zero, 255 - zero).run(reals, 0, integers, 0, reals.length);
        var expected = new byte[end];
        Arrays.fill(expected, PATTERN);
        for (int i = 0; i < reals.length; i++) {
            int pixel = i / shape.channels();
            int at = plane.at(pixel / shape.width(), pixel % shape.width()) + i % shape.channels();
            expected[at] = (byte) ((int) integers[i] + zero);
            integers[i] *= scale;
        }
        try (Arena arena = Arena.ofConfined()) {
            var code = target.load(a.finish(), arena);
            var floats = arena.allocate(4L * (reals.length + ImageRecipe.SLACK), 4);
            var bytes = GuardedMemory.before(end, arena);
            bytes.fill(PATTERN);
            for (int i = 0; i < reals.length; i++) {
                floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, reals[i]);
            }
            long first = bytes.address() + plane.offset();
            code.routine("quantize").call(floats.address(), 0, 0, first, shape.height(), 0);
            assertThat(bytes.toArray(ValueLayout.JAVA_BYTE))
                    .as("%s %s", target.isa(), plane)
                    .isEqualTo(expected);
            code.routine("dequantize").call(floats.address(), 0, 0, first, shape.height(), 0);
            for (int i = 0; i < reals.length; i++) {
                assertThat(floats.getAtIndex(ValueLayout.JAVA_FLOAT, i)).isEqualTo(integers[i] + 0f);
            }
        }
    }

    @Test
    void runsOfEveryLength() {
        var random = new Random(7);
        float[] scales = {0x1p-7f, 0.0078431f, 0.5f, 1, 3.7f, 0x1p100f, 0x1p-126f, 0x1p-130f};
        int[] zeros = {0, 255, 128, 3};
        for (var target : TestTarget.all()) {
            for (int length = 1; length < 90; length++) {
                float scale = scales[length % scales.length];
                int zero = zeros[random.nextInt(zeros.length)];
                var wide = new Shape(2, length, 3);
                check(target, new Plane(length % 7, wide, 3 * length + length % 3, 3), scale, zero, random);
                var deep = new Shape(2, 3, length);
                check(target, new Plane(5, deep, 3 * length + 40, length + 7), scale, zero, random);
            }
        }
    }
}
