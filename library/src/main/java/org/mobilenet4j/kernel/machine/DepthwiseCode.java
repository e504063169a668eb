package org.mobilenet4j.kernel.machine;

import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.recipe.DepthwiseRecipe;
import org.mobilenet4j.machine.recipe.a64.NeonDepthwise;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.X64Assembler;

/// A depthwise convolution as code.
record DepthwiseCode(ConvShape shape) implements Workshop.PortableRecipe {
    @Override
    public void emit(X64Assembler assembler, CallingConvention convention, String name, Isa isa) {
        DepthwiseRecipe.emit(assembler, convention, name, shape, isa);
    }

    @Override
    public void emit(A64Assembler assembler, String name) {
        NeonDepthwise.emit(assembler, name, shape);
    }
}
