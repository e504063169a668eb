package org.mobilenet4j.machine.recipe.integer;

import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Requantizes sums with one multiplier for all channels, whose parameters lie beside the code.
final class UniformRescaling {
    /// Vectors at a time.
    static final int VECTORS = 4;

    private final X64Assembler a;
    private final Isa isa;
    private final int bias;
    private final Mem parameters;
    private final RequantizeCode code;
    private final Gpr pointer;

    /// @param rescaling of one channel
    /// @param zero what is added to results, so that they are bytes
    /// @param pointer the register that will point at the parameters
    UniformRescaling(X64Assembler assembler, Isa isa, OutputRescaling rescaling, int zero, Gpr pointer) {
        this.a = assembler;
        this.isa = isa;
        this.bias = rescaling.bias(0);
        this.pointer = pointer;
        int lanes = isa.width().floats();
        var layout = new ChannelParameters(VECTORS * lanes, lanes);
        var values = layout.allocate(1);
        for (int column = 0; column < VECTORS * lanes; column++) {
            layout.put(values, 0, column, rescaling, 0, bias);
        }
        this.parameters = a.constant(values.array());
        this.code = new RequantizeCode(a, isa, rescaling, zero, layout, pointer, true);
    }

    /// What sums begin with.
    int bias() {
        return bias;
    }

    /// As [RequantizeCode#emit]; the pointer's register is overwritten.
    void emit(int first, int vectors, Mem out, ByteLanes lanes) {
        a.lea(pointer, parameters);
        code.emit(first, vectors, isa.width(), out, lanes);
    }

    /// To be called once, behind the routine.
    void finish() {
        code.finish();
    }
}
