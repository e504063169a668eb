package org.mobilenet4j.machine.recipe.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.machine.GuardedMemory;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.tensor.Shape;

/// Borders of random maps: every byte of them, and no other.
class BorderRecipeTest {
    private static void check(Target target, Random random) {
        var shape =
                new Shape(1 + random.nextInt(4), 1 + random.nextInt(9), 1 + random.nextInt(random.nextInt(9) + 1) * 13);
        int top = random.nextInt(3);
        int bottom = random.nextInt(3);
        int left = random.nextInt(4);
        int right = random.nextInt(4);
        int pixel = shape.channels() + (random.nextBoolean() ? 0 : random.nextInt(20));
        int row = pixel * (left + shape.width() + right);
        int stride = row + (random.nextBoolean() ? 0 : random.nextInt(50));
        int size = stride * (top + shape.height() + bottom - 1) + row;
        var plane = new Plane(top * stride + left * pixel, shape, stride, pixel);
        int filler = random.nextInt(256);
        var a = new X64Assembler();
        BorderRecipe.emit(
                a,
                target.convention(),
                "border",
                new BorderRecipe.Border(plane, top, bottom, left, right, filler),
                target.isa());
        var expected = new byte[size];
        random.nextBytes(expected);
        try (Arena arena = Arena.ofConfined()) {
            var memory = random.nextBoolean() ? GuardedMemory.before(size, arena) : GuardedMemory.behind(size, arena);
            memory.asByteBuffer().put(expected);
            for (int y = -top; y < shape.height() + bottom; y++) {
                for (int x = -left; x < shape.width() + right; x++) {
                    boolean isInside = y >= 0 && y < shape.height() && x >= 0 && x < shape.width();
                    for (int c = 0; c < pixel && !isInside; c++) {
                        expected[plane.at(y, x) + c] = (byte) filler;
                    }
                }
            }
            target.load(a.finish(), arena).routine("border").call(memory.address(), 0, 0, 0, 0, 0);
            assertThat(memory.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected);
        }
    }

    @Test
    void bordersOfRandomMaps() {
        var random = new Random(8);
        for (var target : TestTarget.all()) {
            for (int i = 0; i < 400; i++) {
                check(target, random);
            }
        }
    }
}
