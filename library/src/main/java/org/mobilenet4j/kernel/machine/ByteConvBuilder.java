package org.mobilenet4j.kernel.machine;

import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.quantized.ZeroPoints;
import org.mobilenet4j.machine.recipe.integer.ByteConv;
import org.mobilenet4j.machine.recipe.integer.ByteConvRecipe;
import org.mobilenet4j.machine.recipe.integer.ByteDepthwiseRecipe;

/// Makes the kernels of convolutions of bytes.
record ByteConvBuilder(Workshop workshop, ByteConv conv) {
    static ByteConvBuilder of(Workshop workshop, ConvShape shape, OutputRescaling rescaling, ZeroPoints zeros) {
        return new ByteConvBuilder(workshop, new ByteConv(shape, rescaling, zeros.input(), zeros.output()));
    }

    /// A standard, grouped, pointwise or dense one.
    RecipeKernel conv(WeightRows rows) {
        var packed = ByteConvRecipe.pack(conv, rows, workshop.isa());
        var routine = workshop.routine(
                "conv",
                (a, convention, name, isa) -> ByteConvRecipe.emit(a, convention, name, conv, packed.rests(), isa));
        int block = ByteConvRecipe.block(conv.shape(), workshop.isa());
        return new RecipeKernel(
                routine,
                workshop.copy(packed.weights()),
                workshop.copy(packed.parameters()),
                RecipeKernel.Parts.ofConv(conv.shape(), block, Byte.BYTES));
    }

    /// A depthwise one, with one output a channel.
    RecipeKernel depthwise(WeightRows rows) {
        var packed = ByteDepthwiseRecipe.pack(conv, rows, workshop.isa());
        var routine = workshop.routine(
                "depthwise",
                (a, convention, name, isa) -> ByteDepthwiseRecipe.emit(a, convention, name, conv, packed.rests(), isa));
        return new RecipeKernel(
                routine,
                workshop.copy(packed.weights()),
                workshop.copy(packed.parameters()),
                RecipeKernel.Parts.ofRows(conv.shape().out(), ByteDepthwiseRecipe.block(workshop.isa())));
    }
}
