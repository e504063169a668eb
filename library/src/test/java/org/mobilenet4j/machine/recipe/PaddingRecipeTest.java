package org.mobilenet4j.machine.recipe;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.plain.RowSpread;
import org.mobilenet4j.kernel.plain.ZeroPadding;
import org.mobilenet4j.machine.GuardedMemory;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.tensor.Shape;

/// Zeros around maps of random shapes, and rows moved apart, against plain loops.
class PaddingRecipeTest {
    /// Runs the only routine of `a` in memory that ends at a forbidden page, and compares all of it.
    private static void check(Target target, X64Assembler a, float[] before, float[] after) {
        try (Arena arena = Arena.ofConfined()) {
            var routine = target.load(a.finish(), arena).routine("routine");
            var memory = GuardedMemory.before(4L * before.length, arena);
            for (int i = 0; i < before.length; i++) {
                memory.setAtIndex(JAVA_FLOAT, i, before[i]);
            }
            routine.call(memory.address(), 0, 0, 0, 0, 0);
            assertThat(memory.toArray(JAVA_FLOAT)).containsExactly(after);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void zerosLieAroundTheMapOnly(Isa isa) {
        Target target = TestTarget.with(isa);
        var random = new Random(61);
        var shapes = new RandomShapes(random);
        for (int i = 0; i < RandomShapes.COUNT; i++) {
            var shape = new Shape(shapes.size(6), shapes.size(6), shapes.size(60));
            int top = random.nextInt(3);
            int bottom = random.nextInt(3);
            int left = random.nextInt(4);
            int right = random.nextInt(4);
            int pixel = shape.channels() + random.nextInt(3);
            int row = (left + shape.width() + right) * pixel + random.nextInt(20);
            var map = new Plane(top * row + left * pixel + random.nextInt(5), shape, row, pixel);
            var before = new float[map.at(shape.height() + bottom - 1, shape.width() + right)];
            for (int at = 0; at < before.length; at++) {
                before[at] = 1 + at;
            }
            var after = before.clone();
            new ZeroPadding(map, top, bottom, left, right).run(after);
            var a = new X64Assembler();
            var padding = new PaddingShape(map, top, bottom, left, right);
            PaddingRecipe.emit(a, target.convention(), "routine", padding, isa);
            check(target, a, before, after);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void rowsMoveApart(Isa isa) {
        Target target = TestTarget.with(isa);
        var random = new Random(62);
        var shapes = new RandomShapes(random);
        for (int i = 0; i < RandomShapes.COUNT; i++) {
            var shape = new Shape(shapes.size(9), shapes.size(60), shapes.size(4));
            int row = shape.width() * shape.channels();
            var map = new Plane(random.nextInt(9), shape, row + random.nextInt(20), shape.channels());
            var spread = new RowSpread(map);
            var before = new float[map.at(shape.height() - 1, shape.width())];
            for (int at = 0; at < before.length; at++) {
                before[at] = 1 + at;
            }
            var after = before.clone();
            for (int y = 0; y < shape.height(); y++) {
                for (int x = 0; x < row; x++) {
                    after[map.at(y, 0) + x] = before[spread.start() + y * row + x];
                }
            }
            var loops = before.clone();
            spread.run(loops);
            assertThat(loops).containsExactly(after);
            var a = new X64Assembler();
            RowSpreadRecipe.emit(a, target.convention(), "routine", spread.start(), shape.height() - 1, map, isa);
            check(target, a, before, after);
        }
    }
}
