package org.mobilenet4j.machine.recipe;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.GuardedMemory;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.recipe.a64.NeonDepthwise;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Depthwise convolutions of random shapes against plain loops, to the bit.
class DepthwiseRecipeTest {
    private static void check(ConvShape shape, Isa isa, Random random) {
        try (Arena arena = Arena.ofConfined()) {
            TestRoutine routine = TestRoutine.of(
                    isa,
                    arena,
                    (a, convention) -> DepthwiseRecipe.emit(a, convention, "depthwise", shape, isa),
                    a -> NeonDepthwise.emit(a, "depthwise", shape));
            int lanes = DepthwiseRecipe.CHANNELS;
            int taps = shape.window().taps();
            int blocks = Math.ceilDiv(shape.out().shape().channels(), lanes);
            MemorySegment weights = GuardedMemory.before(4L * blocks * taps * lanes, arena);
            MemorySegment bias = GuardedMemory.before(4L * blocks * lanes, arena);
            float[] w = MapCase.random(weights, random);
            float[] b = MapCase.random(bias, random);
            var data = new MapCase(shape, random, arena);
            data.check(routine, weights, bias, lanes, random, (y, x, n) -> {
                float sum = b[n];
                for (int tap = 0; tap < taps; tap++) {
                    int at = shape.windowAt(y, x)
                            + shape.tapAt(
                                    tap / shape.window().width(),
                                    tap % shape.window().width());
                    sum = Math.fma(data.inputs[at + n], w[(n / lanes * taps + tap) * lanes + n % lanes], sum);
                }
                return sum;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Isa.class)
    void bitsAreThoseOfPlainLoops(Isa isa) {
        var random = new Random(11);
        var shapes = new RandomShapes(random);
        for (int i = 0; i < RandomShapes.COUNT; i++) {
            int channels = shapes.size(50);
            check(
                    shapes.conv(shapes.window(true), shapes.size(12), shapes.size(30), channels, channels, 1),
                    isa,
                    random);
        }
    }

    @ParameterizedTest
    @EnumSource(Isa.class)
    void everyWidthIsSpreadOverTiles(Isa isa) {
        var random = new Random(12);
        var shapes = new RandomShapes(random);
        for (int width = 1; width <= 30; width++) {
            for (int stride = 1; stride <= 2; stride++) {
                check(shapes.conv(Window.square(3, stride, Padding.SAME), 5, width, 17, 17, 1), isa, random);
            }
        }
    }

    @Test
    void severalOutputsAChannelAreRefused() {
        ConvShape shape = new RandomShapes(new Random(1)).conv(Window.POINTWISE, 2, 2, 3, 6, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DepthwiseRecipe.emit(
                        new X64Assembler(), CallingConvention.SYSTEM_V, "depthwise", shape, Isa.AVX2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NeonDepthwise.emit(new A64Assembler(), "depthwise", shape));
    }
}
