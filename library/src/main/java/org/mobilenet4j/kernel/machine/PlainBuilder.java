package org.mobilenet4j.kernel.machine;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.plain.Copy;
import org.mobilenet4j.kernel.plain.ElementwiseProduct;
import org.mobilenet4j.kernel.plain.ElementwiseSum;
import org.mobilenet4j.kernel.plain.RowSpread;
import org.mobilenet4j.kernel.plain.ScaleShift;
import org.mobilenet4j.kernel.plain.SoftmaxKernel;
import org.mobilenet4j.kernel.plain.ZeroPadding;
import org.mobilenet4j.machine.recipe.ElementwiseRecipe;
import org.mobilenet4j.machine.recipe.ElementwiseShape;
import org.mobilenet4j.machine.recipe.ElementwiseShape.Function;
import org.mobilenet4j.machine.recipe.PaddingRecipe;
import org.mobilenet4j.machine.recipe.PaddingShape;
import org.mobilenet4j.machine.recipe.RowSpreadRecipe;
import org.mobilenet4j.machine.recipe.SoftmaxRecipe;

/// Makes kernels of layers without weights from what their plain loops say of themselves.
record PlainBuilder(Workshop workshop) {
    /// What does the same as a kernel; null where there is no code for that.
    @Nullable
    Kernel build(PlainKernel kernel) {
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
            case ZeroPadding padding -> workshop.isa().isArm() ? new CopiedPadding(padding) : padding(padding);
            case SoftmaxKernel(Plane in, Plane out) -> workshop.isa().isArm() ? null : softmax(in, out);
            case RowSpread spread -> workshop.isa().isArm() ? null : spread(spread);
            default -> null;
        };
    }

    private Kernel softmax(Plane in, Plane out) {
        var routine = workshop.routine(
                "softmax", (a, convention, name, isa) -> SoftmaxRecipe.emit(a, convention, name, in, out, isa));
        int height = out.shape().height();
        var parts = new RecipeKernel.Parts(height, 1, out.shape().channels(), false, 1, height);
        return new RecipeKernel(routine, MemorySegment.NULL, MemorySegment.NULL, parts);
    }

    private Kernel padding(ZeroPadding padding) {
        var shape = new PaddingShape(padding.plane(), padding.top(), padding.bottom(), padding.left(), padding.right());
        return new MemoryKernel(workshop.routine(
                "padding", (a, convention, name, isa) -> PaddingRecipe.emit(a, convention, name, shape, isa)));
    }

    private Kernel spread(RowSpread spread) {
        Plane map = spread.map();
        int start = spread.start();
        int rows = map.shape().height() - 1;
        return new MemoryKernel(workshop.routine(
                "rows",
                (a, convention, name, isa) -> RowSpreadRecipe.emit(a, convention, name, start, rows, map, isa)));
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
