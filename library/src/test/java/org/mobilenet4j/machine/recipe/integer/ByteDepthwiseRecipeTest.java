package org.mobilenet4j.machine.recipe.integer;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.NativeRoutine;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.machine.recipe.RandomShapes;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Depthwise convolutions of bytes of random shapes against plain loops.
class ByteDepthwiseRecipeTest {
    private static void check(ConvShape shape, Isa isa, Random random) {
        Target target = TestTarget.with(isa);
        try (Arena arena = Arena.ofConfined()) {
            int taps = shape.window().taps();
            int channels = shape.out().shape().channels();
            var data = new ByteCase(shape, taps, random, arena);
            PackedConv packed = ByteDepthwiseRecipe.pack(
                    data.conv, (row, to, at) -> System.arraycopy(data.weights, row * channels, to, at, channels), isa);
            var a = new X64Assembler();
            ByteDepthwiseRecipe.emit(a, target.convention(), "depthwise", data.conv, packed.rests(), isa);
            NativeRoutine routine = target.load(a.finish(), arena).routine("depthwise");
            data.check(routine, packed, ByteDepthwiseRecipe.block(isa), random, arena, (y, x, n) -> {
                int width = shape.window().width();
                int sum = 0;
                for (int tap = 0; tap < taps; tap++) {
                    int at = shape.windowAt(y, x) + shape.tapAt(tap / width, tap % width);
                    sum += data.input(at + n) * (int) data.weights[tap * channels + n];
                }
                return sum;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void bytesAreThoseOfPlainLoops(Isa isa) {
        var random = new Random(11);
        var shapes = new RandomShapes(random);
        for (int i = 0; i < RandomShapes.COUNT; i++) {
            int channels = shapes.size(150);
            check(
                    shapes.conv(shapes.window(true), shapes.size(12), shapes.size(30), channels, channels, 1),
                    isa,
                    random);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void everyWidthIsSpreadOverTiles(Isa isa) {
        var random = new Random(12);
        var shapes = new RandomShapes(random);
        for (int width = 1; width <= 30; width++) {
            for (int stride = 1; stride <= 2; stride++) {
                check(shapes.conv(Window.square(3, stride, Padding.SAME), 5, width, 17, 17, 1), isa, random);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void everyNumberOfChannelsIsReadAndWritten(Isa isa) {
        var random = new Random(13);
        var shapes = new RandomShapes(random);
        for (int channels = 1; channels <= 130; channels++) {
            check(shapes.conv(Window.square(3, 1, Padding.SAME), 3, 7, channels, channels, 1), isa, random);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void largeWindowsToo(Isa isa) {
        var random = new Random(14);
        var shapes = new RandomShapes(random);
        for (int i = 0; i < 60; i++) {
            int channels = shapes.size(70);
            var window = new Window(
                    shapes.size(15), shapes.size(15), shapes.size(2), shapes.size(2), shapes.size(2), Padding.SAME);
            check(shapes.conv(window, shapes.size(12), shapes.size(12), channels, channels, 1), isa, random);
        }
    }

    @Test
    void severalOutputsAChannelAreRefused() {
        try (Arena arena = Arena.ofConfined()) {
            var random = new Random(1);
            ConvShape shape = new RandomShapes(random).conv(Window.POINTWISE, 2, 2, 3, 6, 3);
            ByteConv conv = new ByteCase(shape, 1, random, arena).conv;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ByteDepthwiseRecipe.emit(
                            new X64Assembler(), CallingConvention.SYSTEM_V, "depthwise", conv, new BitSet(), Isa.AVX2));
        }
    }
}
