package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.instruction.Binary.VMASKMOVPS;
import static org.mobilenet4j.machine.x64.instruction.MaskMove.KMOVW;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Mask;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// Reads and writes vectors of which only the first lanes are there: by a mask and in a register as narrow as will
/// do, or by a vector of signs.
///
/// @param count how many lanes; those of the width for a whole vector
/// @param signs the register for the signs, where there are no masks
record Lanes(X64Assembler a, Isa isa, int count, int signs) {
    /// A vector with all lanes.
    static Lanes all(X64Assembler a, Isa isa) {
        return new Lanes(a, isa, isa.width().floats(), 0);
    }

    /// Of the registers that hold them; the wider registers' other lanes are 0 once they are loaded.
    Width width() {
        if (!hasMasks()) {
            return isa.width();
        }
        return count <= Width.XMM.floats() ? Width.XMM : count <= Width.YMM.floats() ? Width.YMM : Width.ZMM;
    }

    private boolean hasMasks() {
        return isa.width() == Width.ZMM;
    }

    private boolean isPartial() {
        return count < width().floats();
    }

    /// Whether a register is taken for the signs.
    boolean takesRegister() {
        return isPartial() && !hasMasks();
    }

    /// Writes what fills the mask or the register; RAX is overwritten.
    void prepare() {
        if (takesRegister()) {
            var lanes = new int[width().floats()];
            for (int lane = 0; lane < count; lane++) {
                lanes[lane] = -1;
            }
            a.emit(VMOVUPS, Vector.of(signs, width()), a.constant(lanes));
        } else if (isPartial()) {
            a.mov(RAX, (1 << count) - 1);
            a.emit(KMOVW, Mask.K1, RAX);
        }
    }

    /// The lanes that are there; the others become 0.
    void load(Vector register, Mem src) {
        Vector dst = register.as(width());
        if (takesRegister()) {
            a.emit(VMASKMOVPS, dst, Vector.of(signs, width()), src);
        } else {
            a.emit(VMOVUPS, isPartial() ? dst.orZero(Mask.K1) : dst, src);
        }
    }

    /// The lanes that are there; memory keeps the others.
    void store(Mem dst, Vector register) {
        Vector src = register.as(width());
        if (takesRegister()) {
            a.vmaskmovps(dst, Vector.of(signs, width()), src);
        } else {
            a.emit(VMOVUPS_STORE, dst, isPartial() ? src.only(Mask.K1) : src);
        }
    }
}
