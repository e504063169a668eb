package org.mobilenet4j.kernel.machine;

import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.recipe.ConvRecipe;
import org.mobilenet4j.machine.recipe.Prefetch;
import org.mobilenet4j.machine.recipe.a64.NeonConv;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.X64Assembler;

/// A standard, grouped, pointwise or dense convolution as code.
///
/// @param prefetch what x86-64 fetches ahead
record ConvCode(ConvShape shape, Prefetch prefetch) implements Workshop.PortableRecipe {
    @Override
    public void emit(X64Assembler assembler, CallingConvention convention, String name, Isa isa) {
        ConvRecipe.emit(assembler, convention, name, shape, isa, prefetch);
    }

    @Override
    public void emit(A64Assembler assembler, String name) {
        NeonConv.emit(assembler, name, shape);
    }
}
