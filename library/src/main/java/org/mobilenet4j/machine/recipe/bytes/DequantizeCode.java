package org.mobilenet4j.machine.recipe.bytes;

import static org.mobilenet4j.machine.x64.instruction.Binary.VMULPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPSUBD;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Unary.VCVTDQ2PS;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.X64Assembler;

/// `(byte - zero) * scale`.
final class DequantizeCode extends NumberCode {
    private static final int VALUE = 0, SCALE = 1, ZERO = 2;

    private final float scale;
    private final int zero;

    DequantizeCode(X64Assembler assembler, Isa isa, float scale, int zero) {
        super(assembler, isa);
        this.scale = scale;
        this.zero = zero;
    }

    @Override
    void constants() {
        broadcast(SCALE, scale);
        broadcast(ZERO, zero);
    }

    @Override
    void emit(Mem floats, Mem bytes, WidenedLanes lanes) {
        lanes.load(v(VALUE), bytes);
        a.emit(VPSUBD, v(VALUE), v(VALUE), v(ZERO));
        a.emit(VCVTDQ2PS, v(VALUE), v(VALUE));
        a.emit(VMULPS, v(VALUE), v(VALUE), v(SCALE));
        a.emit(VMOVUPS_STORE, floats, v(VALUE));
    }
}
