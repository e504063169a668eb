package org.mobilenet4j.machine.recipe;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.plain.SoftmaxKernel;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.NativeRoutine;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.tensor.Shape;

/// Softmax of random shapes against plain loops, to the bit.
class SoftmaxRecipeTest {
    private static NativeRoutine routine(Plane in, Plane out, Target target, Isa isa, Arena arena) {
        var a = new X64Assembler();
        SoftmaxRecipe.emit(a, target.convention(), "softmax", in, out, isa);
        return target.load(a.finish(), arena).routine("softmax");
    }

    /// What plain loops make of one pixel.
    private static float[] softmax(float[] values) {
        var pixel = Plane.dense(0, new Shape(1, 1, values.length));
        float[] result = values.clone();
        new SoftmaxKernel(pixel, pixel).run(result);
        return result;
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void bitsAreThoseOfPlainLoops(Isa isa) {
        Target target = TestTarget.with(isa);
        var random = new Random(51);
        var shapes = new RandomShapes(random);
        for (int i = 0; i < RandomShapes.COUNT; i++) {
            int channels = shapes.size(40);
            ConvShape map = shapes.conv(Window.POINTWISE, shapes.size(5), shapes.size(5), channels, channels, 1);
            var shape = new ConvShape(map.in(), map.out(), Window.POINTWISE, 1, Clamp.NONE);
            try (Arena arena = Arena.ofConfined()) {
                NativeRoutine routine = routine(shape.in(), shape.out(), target, isa, arena);
                var data = new MapCase(shape, random, arena);
                data.check(routine, 0, 0, channels, random, (y, x, n) -> {
                    int at = shape.in().at(y, x);
                    return softmax(Arrays.copyOfRange(data.inputs, at, at + channels))[n];
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void largeAndStrangeValuesToo(Isa isa) {
        Target target = TestTarget.with(isa);
        float inf = Float.POSITIVE_INFINITY;
        float[][] pixels = {
            {1000, -1000, 0, 5, 88, -88},
            {-0f, 0f, -87, -104, -700, -701, -1e30f},
            {Float.NaN, 1, 2, 3, 4},
            {1, 2, 3, 4, Float.NaN},
            {inf, 1, 2},
            {-inf, 1, 2, 3, 4, 5},
            {-inf, -inf},
            {Float.MAX_VALUE, -Float.MAX_VALUE, 1e-40f}
        };
        try (Arena arena = Arena.ofConfined()) {
            for (float[] pixel : pixels) {
                var plane = Plane.dense(0, new Shape(1, 1, pixel.length));
                var memory = arena.allocateFrom(JAVA_FLOAT, pixel);
                // In its own place.
                routine(plane, plane, target, isa, arena)
                        .call(memory.address(), 0, 0, memory.address(), Corner.at(0, 0), Corner.at(1, 1));
                assertThat(memory.toArray(JAVA_FLOAT)).containsExactly(softmax(pixel));
            }
        }
    }
}
