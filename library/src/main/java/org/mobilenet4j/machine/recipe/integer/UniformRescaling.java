package org.mobilenet4j.machine.recipe.integer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Requantizes sums with one multiplier for all channels, whose parameters lie beside the code.
public final class UniformRescaling {
    /// Vectors at a time, at most.
    public static final int VECTORS = 4;

    private final X64Assembler a;
    private final Isa isa;
    private final int bias;
    private final Mem parameters;
    private final RequantizeCode code;
    private final Gpr pointer;

    /// @param rescaling of one channel; results lie from -255 to 255
    /// @param zero what is added to results, so that they are bytes
    /// @param pointer the register that will point at the parameters
    public UniformRescaling(X64Assembler assembler, Isa isa, OutputRescaling rescaling, int zero, Gpr pointer) {
        this.a = assembler;
        this.isa = isa;
        this.bias = rescaling.bias(0);
        this.pointer = pointer;
        int lanes = isa.width().floats();
        var layout = new ChannelParameters(VECTORS * lanes, lanes);
        var bytes = new byte[layout.bytes()];
        var values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int column = 0; column < VECTORS * lanes; column++) {
            layout.put(values, 0, column, rescaling, 0, bias);
        }
        this.parameters = a.constant(bytes);
        this.code = new RequantizeCode(a, isa, rescaling, zero, layout, pointer, true);
    }

    /// What sums begin with.
    public int bias() {
        return bias;
    }

    /// Fills a mask for [#emit], which is K1; RAX is overwritten.
    public void prepare(int channels) {
        new ByteLanes(a, isa, channels).prepare();
    }

    /// Writes bytes of the sums in the first registers, which are overwritten, as are the pointer's, RAX, K2 and the
    /// eight
    /// last registers.
    public void emit(int channels, Mem out) {
        a.lea(pointer, parameters);
        int vectors = Math.ceilDiv(channels, isa.width().floats());
        code.begin(isa.width());
        code.emit(0, vectors, isa.width(), 0, out, new ByteLanes(a, isa, channels));
    }

    /// To be called once, behind the routine.
    public void finish() {
        code.finish();
    }
}
