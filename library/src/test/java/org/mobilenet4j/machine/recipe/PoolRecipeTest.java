package org.mobilenet4j.machine.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.layout.PoolWindow;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.recipe.a64.NeonPool;
import org.mobilenet4j.tensor.Shape;

/// Pooling of random shapes against plain loops, to the bit.
class PoolRecipeTest {
    private static TestRoutine routine(ConvShape shape, Pool.Kind kind, Isa isa, Arena arena) {
        return TestRoutine.of(
                isa,
                arena,
                (a, convention) -> PoolRecipe.emit(a, convention, "pool", shape, kind, isa),
                a -> NeonPool.emit(a, "pool", shape, kind));
    }

    private static void check(ConvShape shape, Pool.Kind kind, Isa isa, Random random) {
        try (Arena arena = Arena.ofConfined()) {
            TestRoutine routine = routine(shape, kind, isa, arena);
            var data = new MapCase(shape, random, arena);
            MemorySegment none = arena.allocate(0);
            data.check(
                    routine,
                    none,
                    none,
                    PoolRecipe.channels(isa),
                    random,
                    (y, x, n) -> asThere(isa, value(data, kind, y, x, n)));
        }
    }

    /// An undefined mean is a NaN whose sign is the processor's own.
    private static float asThere(Isa isa, float value) {
        return Float.isNaN(value) && isa.isArm() ? Float.NaN : value;
    }

    private static float value(MapCase data, Pool.Kind kind, int outRow, int outColumn, int channel) {
        PoolWindow rows = PoolWindow.rows(data.shape, outRow);
        PoolWindow columns = PoolWindow.columns(data.shape, outColumn);
        float sum = 0;
        float most = Float.NEGATIVE_INFINITY;
        for (int y = rows.from(); y < rows.to(); y++) {
            for (int x = columns.from(); x < columns.to(); x++) {
                float value = data.inputs[data.shape.in().at(y, x) + channel];
                sum += value;
                most = Math.max(most, value);
            }
        }
        return kind == Pool.Kind.MAX ? most : sum / (rows.count() * columns.count());
    }

    @ParameterizedTest
    @EnumSource(Isa.class)
    void bitsAreThoseOfPlainLoops(Isa isa) {
        var random = new Random(31);
        var shapes = new RandomShapes(random);
        for (int i = 0; i < RandomShapes.COUNT; i++) {
            int channels = shapes.size(200);
            Pool.Kind kind = random.nextBoolean() ? Pool.Kind.MAX : Pool.Kind.AVERAGE;
            check(
                    shapes.conv(shapes.window(false), shapes.size(9), shapes.size(9), channels, channels, 1),
                    kind,
                    isa,
                    random);
        }
    }

    @ParameterizedTest
    @EnumSource(Isa.class)
    void meansOfWholeMaps(Isa isa) {
        var random = new Random(32);
        var shapes = new RandomShapes(random);
        for (int channels = 1; channels < 150; channels += 1 + channels / 20) {
            int side = shapes.size(8);
            check(
                    shapes.conv(Window.square(side, 1, Padding.VALID), side, side, channels, channels, 1),
                    Pool.Kind.AVERAGE,
                    isa,
                    random);
        }
    }

    @ParameterizedTest
    @EnumSource(Isa.class)
    void theLargestValueRespectsSignsOfZeroAndNaN(Isa isa) {
        float[][] pairs = {{0f, -0f}, {-0f, 0f}, {-0f, -0f}, {1f, Float.NaN}, {Float.NaN, 1f}, {-1f, -2f}};
        var map = new Shape(1, 2, 1);
        var shape = new ConvShape(
                Plane.dense(0, map),
                Plane.dense(2, new Shape(1, 1, 1)),
                new Window(1, 2, 1, 1, Padding.VALID),
                1,
                Clamp.NONE);
        try (Arena arena = Arena.ofConfined()) {
            TestRoutine routine = routine(shape, Pool.Kind.MAX, isa, arena);
            for (float[] pair : pairs) {
                var memory = arena.allocateFrom(ValueLayout.JAVA_FLOAT, pair[0], pair[1], 7f);
                routine.call(memory, memory, memory, memory, true, Corner.at(0, 0), Corner.at(1, 1));
                float wanted = Math.max(pair[0], pair[1]);
                assertThat(Float.floatToIntBits(memory.getAtIndex(ValueLayout.JAVA_FLOAT, 2)))
                        .isEqualTo(Float.floatToIntBits(wanted));
            }
        }
    }
}
