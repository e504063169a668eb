package org.mobilenet4j.machine.recipe;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.GuardedMemory;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.recipe.a64.NeonConv;

/// Convolutions of random shapes against plain loops, to the bit.
class ConvRecipeTest {
    private static void check(ConvShape shape, Isa isa, Random random) {
        try (Arena arena = Arena.ofConfined()) {
            TestRoutine routine = TestRoutine.of(
                    isa,
                    arena,
                    (a, convention) -> ConvRecipe.emit(a, convention, "conv", shape, isa, prefetch(shape, random)),
                    a -> NeonConv.emit(a, "conv", shape));
            int columns = ConvRecipe.columns(shape, isa);
            int panels = shape.groups() * ConvRecipe.panels(shape, isa);
            MemorySegment weights = GuardedMemory.before(4L * panels * shape.kernelRows() * columns, arena);
            MemorySegment bias = GuardedMemory.before(4L * panels * columns, arena);
            float[] w = MapCase.random(weights, random);
            float[] b = MapCase.random(bias, random);
            var data = new MapCase(shape, random, arena);
            data.check(
                    routine,
                    weights,
                    bias,
                    ConvRecipe.block(shape, isa),
                    random,
                    (y, x, n) -> value(data, w, b, columns, y, x, n));
        }
    }

    /// Any: what is fetched ahead changes no result, and may lie anywhere.
    private static Prefetch prefetch(ConvShape shape, Random random) {
        int rows = 1 + random.nextInt(20);
        return switch (random.nextInt(3)) {
            case 0 -> Prefetch.weights(rows);
            case 1 -> Prefetch.nextLayer(rows);
            default -> Prefetch.inputsOf(shape, rows);
        };
    }

    private static float value(MapCase data, float[] weights, float[] bias, int columns, int y, int x, int n) {
        ConvShape shape = data.shape;
        int group = n / shape.groupOutputs();
        int output = n % shape.groupOutputs();
        int panel = group * Math.ceilDiv(shape.groupOutputs(), columns) + output / columns;
        int column = output % columns;
        float sum = bias[panel * columns + column];
        int row = panel * shape.kernelRows();
        for (int i = 0; i < shape.window().height(); i++) {
            for (int j = 0; j < shape.window().width(); j++) {
                int at = shape.windowAt(y, x) + shape.tapAt(i, j) + group * shape.groupInputs();
                for (int k = 0; k < shape.groupInputs(); k++) {
                    sum = Math.fma(data.inputs[at + k], weights[row++ * columns + column], sum);
                }
            }
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource(Isa.class)
    void bitsAreThoseOfPlainLoops(Isa isa) {
        var random = new Random(21);
        var shapes = new RandomShapes(random);
        for (int i = 0; i < RandomShapes.COUNT; i++) {
            int groups = random.nextInt(3) == 0 ? shapes.size(5) : 1;
            int inputs = groups * shapes.size(groups == 1 ? 40 : 8);
            int outputs = groups * shapes.size(groups == 1 ? 100 : 40);
            check(
                    shapes.conv(shapes.window(true), shapes.size(9), shapes.size(12), inputs, outputs, groups),
                    isa,
                    random);
        }
    }

    @ParameterizedTest
    @EnumSource(Isa.class)
    void pointwiseToo(Isa isa) {
        var random = new Random(22);
        var shapes = new RandomShapes(random);
        for (int i = 0; i < RandomShapes.COUNT; i++) {
            check(
                    shapes.conv(
                            Window.POINTWISE, shapes.size(14), shapes.size(32), shapes.size(70), shapes.size(200), 1),
                    isa,
                    random);
        }
    }

    @ParameterizedTest
    @EnumSource(Isa.class)
    void everyMapIsSpreadOverTiles(Isa isa) {
        var random = new Random(23);
        var shapes = new RandomShapes(random);
        for (int height = 1; height <= 9; height++) {
            for (int width = 1; width <= 45; width += 1 + width / 9) {
                check(shapes.conv(Window.POINTWISE, height, width, 3, 33, 1), isa, random);
                check(shapes.conv(Window.square(3, 2, Padding.SAME), height, width, 3, 16, 1), isa, random);
            }
        }
    }

    /// Outputs that exceed the second cache are fetched before they are written.
    @ParameterizedTest
    @EnumSource(Isa.class)
    void mapsBeyondTheCacheToo(Isa isa) {
        var random = new Random(25);
        check(new RandomShapes(random).conv(Window.POINTWISE, 130, 128, 2, 17, 1), isa, random);
    }

    @ParameterizedTest
    @EnumSource(Isa.class)
    void denseLayersToo(Isa isa) {
        var random = new Random(24);
        var shapes = new RandomShapes(random);
        for (int outputs = 1; outputs <= 140; outputs++) {
            check(shapes.conv(Window.POINTWISE, 1, 1 + outputs % 2, shapes.size(90), outputs, 1), isa, random);
        }
    }
}
