package org.mobilenet4j.machine.recipe.integer;

import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.NativeRoutine;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.machine.recipe.RandomShapes;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Convolutions of bytes of random shapes against plain loops.
class ByteConvRecipeTest {
    private static void check(ConvShape shape, Isa isa, Random random) {
        Target target = TestTarget.with(isa);
        try (Arena arena = Arena.ofConfined()) {
            var data = new ByteCase(shape, shape.kernelRows(), random, arena);
            PackedConv packed = ByteConvRecipe.pack(data.conv, WeightRows.of(data.weights, shape), isa);
            var a = new X64Assembler();
            ByteConvRecipe.emit(a, target.convention(), "conv", data.conv, packed.rests(), isa);
            NativeRoutine routine = target.load(a.finish(), arena).routine("conv");
            data.check(
                    routine, packed, ByteConvRecipe.block(shape, isa), random, arena, (y, x, n) -> sum(data, y, x, n));
        }
    }

    private static int sum(ByteCase data, int y, int x, int n) {
        ConvShape shape = data.conv.shape();
        int group = n / shape.groupOutputs();
        int sum = 0;
        int row = 0;
        for (int i = 0; i < shape.window().height(); i++) {
            for (int j = 0; j < shape.window().width(); j++) {
                int at = shape.windowAt(y, x) + shape.tapAt(i, j) + group * shape.groupInputs();
                for (int k = 0; k < shape.groupInputs(); k++) {
                    sum += data.input(at + k)
                            * (int) data.weights[row++ * shape.out().shape().channels() + n];
                }
            }
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void bytesAreThoseOfPlainLoops(Isa isa) {
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
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void pointwiseToo(Isa isa) {
        var random = new Random(22);
        var shapes = new RandomShapes(random);
        for (int i = 0; i < RandomShapes.COUNT; i++) {
            check(
                    shapes.conv(
                            Window.POINTWISE, shapes.size(14), shapes.size(32), shapes.size(200), shapes.size(200), 1),
                    isa,
                    random);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
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

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void denseLayersToo(Isa isa) {
        var random = new Random(24);
        var shapes = new RandomShapes(random);
        for (int outputs = 1; outputs <= 140; outputs++) {
            check(shapes.conv(Window.POINTWISE, 1, 1 + outputs % 2, shapes.size(700), outputs, 1), isa, random);
        }
    }
}
