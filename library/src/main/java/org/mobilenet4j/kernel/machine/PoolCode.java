package org.mobilenet4j.kernel.machine;

import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.recipe.PoolRecipe;
import org.mobilenet4j.machine.recipe.a64.NeonPool;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Pooling as code.
record PoolCode(ConvShape shape, Pool.Kind kind) implements Workshop.PortableRecipe {
    @Override
    public void emit(X64Assembler assembler, CallingConvention convention, String name, Isa isa) {
        PoolRecipe.emit(assembler, convention, name, shape, kind, isa);
    }

    @Override
    public void emit(A64Assembler assembler, String name) {
        NeonPool.emit(assembler, name, shape, kind);
    }
}
