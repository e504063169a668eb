package org.mobilenet4j.machine.recipe;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.machine.GuardedMemory;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.recipe.ElementwiseShape.Function;
import org.mobilenet4j.machine.recipe.a64.NeonElementwise;
import org.mobilenet4j.tensor.Shape;

/// Elementwise functions of random shapes against plain loops, to the bit.
class ElementwiseRecipeTest {
    private static void check(Function function, Isa isa, RandomShapes shapes, Random random) {
        int channels = shapes.size(200);
        ConvShape map = shapes.conv(Window.POINTWISE, shapes.size(8), shapes.size(8), channels, channels, 1);
        var inputs = new ArrayList<Plane>();
        int count = function == Function.SUM || function == Function.PRODUCT ? shapes.size(6) : 1;
        int end = 0;
        for (int i = 0; i < count; i++) {
            Plane in = shapes.conv(
                            Window.POINTWISE,
                            map.out().shape().height(),
                            map.out().shape().width(),
                            channels,
                            1,
                            1)
                    .in();
            inputs.add(new Plane(end, in.shape(), in.rowStride(), in.pixelStride()));
            end += in.shape().height() * in.rowStride();
        }
        // The last one of them ends where its memory ends; the first one read need not be the lowest.
        Plane last = inputs.getLast();
        var whole = new ConvShape(last, map.out(), Window.POINTWISE, 1, map.clamp());
        Collections.shuffle(inputs, random);
        try (Arena arena = Arena.ofConfined()) {
            var shape = new ElementwiseShape(function, inputs, map.out(), map.clamp());
            TestRoutine routine = TestRoutine.of(
                    isa,
                    arena,
                    (a, convention) -> ElementwiseRecipe.emit(a, convention, "elementwise", shape, isa),
                    a -> NeonElementwise.emit(a, "elementwise", shape));
            int block = ElementwiseRecipe.channels(isa);
            MemorySegment scales = GuardedMemory.before(4L * block * Math.ceilDiv(channels, block), arena);
            MemorySegment shifts = GuardedMemory.before(scales.byteSize(), arena);
            float[] scale = MapCase.random(scales, random);
            float[] shift = MapCase.random(shifts, random);
            var data = new MapCase(whole, random, arena);
            data.check(routine, scales, shifts, block, random, (y, x, n) -> {
                float first = data.inputs[inputs.getFirst().at(y, x) + n];
                return switch (function) {
                    case COPY -> first;
                    case SCALE_SHIFT -> first * scale[n] + shift[n];
                    case SUM, PRODUCT -> {
                        boolean isSum = function == Function.SUM;
                        float result = isSum ? 0 : 1;
                        for (Plane in : inputs) {
                            float value = data.inputs[in.at(y, x) + n];
                            result = isSum ? result + value : result * value;
                        }
                        yield result;
                    }
                };
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Isa.class)
    void bitsAreThoseOfPlainLoops(Isa isa) {
        var random = new Random(41);
        var shapes = new RandomShapes(random);
        for (int i = 0; i < RandomShapes.COUNT; i++) {
            check(List.of(Function.values()).get(i % 4), isa, shapes, random);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Plane map = Plane.dense(0, new Shape(2, 2, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ElementwiseShape(Function.COPY, List.of(map, map), map, Clamp.NONE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ElementwiseShape(Function.SUM, List.of(), map, Clamp.NONE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ElementwiseShape(Function.SUM, Collections.nCopies(7, map), map, Clamp.NONE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ElementwiseShape(
                        Function.COPY, List.of(Plane.dense(0, new Shape(2, 2, 4))), map, Clamp.NONE));
    }
}
