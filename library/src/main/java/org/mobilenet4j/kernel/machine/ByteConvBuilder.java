package org.mobilenet4j.kernel.machine;

import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.quantized.ZeroPoints;
import org.mobilenet4j.machine.recipe.integer.ByteConv;
import org.mobilenet4j.machine.recipe.integer.ByteConvRecipe;

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
                (a, convention, name, isa) ->
                        ByteConvRecipe.emit(a, convention, name, conv, packed.hasRests(), isa));
        int block = ByteConvRecipe.block(conv.shape(), workshop.isa());
        return new RecipeKernel(
                routine,
                workshop.copy(packed.weights()),
                workshop.copy(packed.parameters()),
                RecipeKernel.Parts.ofConv(conv.shape(), block, Byte.BYTES));
    }
}
