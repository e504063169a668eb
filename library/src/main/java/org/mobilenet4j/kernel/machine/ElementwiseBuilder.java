package org.mobilenet4j.kernel.machine;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.plain.Copy;
import org.mobilenet4j.kernel.plain.ElementwiseProduct;
import org.mobilenet4j.kernel.plain.ElementwiseSum;
import org.mobilenet4j.kernel.plain.ScaleShift;
import org.mobilenet4j.machine.recipe.ElementwiseRecipe;
import org.mobilenet4j.machine.recipe.ElementwiseShape;
import org.mobilenet4j.machine.recipe.ElementwiseShape.Function;

/// Makes kernels of elementwise functions from what their plain loops say of themselves.
record ElementwiseBuilder(Workshop workshop) {
    /// What does the same as a kernel; null where there is no code for that.
    @Nullable
    RecipeKernel build(PlainKernel kernel) {
        return switch (kernel) {
            case Copy copy -> build(Function.COPY, copy.inputs(), copy.out(), Clamp.NONE);
            case ElementwiseSum sum -> build(Function.SUM, sum.inputs(), sum.out(), sum.clamp());
            case ElementwiseProduct product ->
                build(Function.PRODUCT, product.inputs(), product.out(), product.clamp());
            case ScaleShift map ->
                build(
                        new ElementwiseShape(Function.SCALE_SHIFT, map.inputs(), map.out(), map.clamp()),
                        packed(map.scale().toArray()),
                        packed(map.shift().toArray()));
            default -> null;
        };
    }

    private @Nullable RecipeKernel build(Function function, List<Plane> inputs, Plane out, Clamp clamp) {
        return inputs.size() > ElementwiseShape.MOST_INPUTS
                ? null
                : build(new ElementwiseShape(function, inputs, out, clamp), MemorySegment.NULL, MemorySegment.NULL);
    }

    private RecipeKernel build(ElementwiseShape shape, MemorySegment scales, MemorySegment shifts) {
        var routine = workshop.routine("elementwise", new ElementwiseCode(shape));
        var out = shape.out().shape();
        int channels = ElementwiseRecipe.channels(workshop.isa());
        int blocks = Math.ceilDiv(out.channels(), channels);
        var parts = new RecipeKernel.Parts(out.height(), blocks, channels, false, 1, out.height());
        return new RecipeKernel(routine, scales, shifts, parts);
    }

    /// Filled up to whole blocks.
    private MemorySegment packed(float[] values) {
        int channels = ElementwiseRecipe.channels(workshop.isa());
        var target = workshop.floats((long) Math.ceilDiv(values.length, channels) * channels);
        Workshop.copy(values, 0, target, 0, values.length);
        return target;
    }
}
