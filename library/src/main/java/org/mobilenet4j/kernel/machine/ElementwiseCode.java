package org.mobilenet4j.kernel.machine;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.recipe.ElementwiseRecipe;
import org.mobilenet4j.machine.recipe.ElementwiseShape;
import org.mobilenet4j.machine.recipe.a64.NeonElementwise;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.X64Assembler;

/// An elementwise function as code.
record ElementwiseCode(ElementwiseShape shape) implements Workshop.PortableRecipe {
    @Override
    public void emit(X64Assembler assembler, CallingConvention convention, String name, Isa isa) {
        ElementwiseRecipe.emit(assembler, convention, name, shape, isa);
    }

    @Override
    public void emit(A64Assembler assembler, String name) {
        NeonElementwise.emit(assembler, name, shape);
    }
}
