package org.mobilenet4j.machine.recipe.integer;

import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPUNPCKLDQ;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPUNPCKLQDQ;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPUNPCKLWD;
import static org.mobilenet4j.machine.x64.instruction.BitShift.SHR;
import static org.mobilenet4j.machine.x64.instruction.GprMove.VMOVD_GPR;
import static org.mobilenet4j.machine.x64.instruction.GprMove.VMOVQ_GPR;
import static org.mobilenet4j.machine.x64.instruction.GprMove.VMOVQ_TO_GPR;
import static org.mobilenet4j.machine.x64.instruction.MaskMove.KMOVQ;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV32;
import static org.mobilenet4j.machine.x64.instruction.Move.MOVZX16;
import static org.mobilenet4j.machine.x64.instruction.Move.MOVZX8;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVDQU8_STORE;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVQ_STORE;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.StoreImm.VEXTRACTI128;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVDQU8;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVQ;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVSS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;
import static org.mobilenet4j.machine.x64.instruction.UnaryImm.VPSHUFD;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Mask;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// Reads and writes the first bytes of a vector: by a mask, or piece by piece where there are no masks.
///
/// @param count how many bytes, up to a vector's
record ByteLanes(X64Assembler a, Isa isa, int count) {
    /// The narrowest registers that hold them.
    static Width width(int count) {
        return count <= Width.XMM.bytes() ? Width.XMM : count <= Width.YMM.bytes() ? Width.YMM : Width.ZMM;
    }

    Width width() {
        return width(count);
    }

    private boolean isWhole() {
        return count == width().bytes();
    }

    private boolean hasMasks() {
        return isa.width() == Width.ZMM;
    }

    /// Writes what fills the mask; RAX is overwritten.
    void prepare() {
        if (!isWhole() && hasMasks()) {
            a.mov(RAX, count == Long.SIZE ? -1 : (1L << count) - 1);
            a.emit(KMOVQ, Mask.K1, RAX);
        }
    }

    /// Reads them; the register's others become 0. Without masks, of up to 16 bytes, or all of a
    /// register's; RAX and `spare` are overwritten.
    void load(Vector register, Mem src, Vector spare) {
        Vector dst = register.as(width());
        if (isWhole()) {
            a.emit(VMOVUPS, dst, src);
        } else if (hasMasks()) {
            a.emit(VMOVDQU8, dst.orZero(Mask.K1), src);
        } else {
            halves(dst, src, spare.as(Width.XMM));
        }
    }

    /// Two halves, of which the second is read together with bytes before it.
    private void halves(Vector dst, Mem src, Vector spare) {
        if (count >= Long.BYTES) {
            a.emit(VMOVQ, dst, src);
            if (count > Long.BYTES) {
                a.emit(MOV, RAX, src.plus(count - Long.BYTES));
                a.emit(SHR, RAX, 8 * (2 * Long.BYTES - count));
                a.emit(VMOVQ_GPR, spare, RAX);
                a.emit(VPUNPCKLQDQ, dst, dst, spare);
            }
        } else if (count >= Integer.BYTES) {
            a.emit(VMOVSS, dst, src);
            if (count > Integer.BYTES) {
                a.emit(MOV32, RAX, src.plus(count - Integer.BYTES));
                a.emit(SHR, RAX, 8 * (2 * Integer.BYTES - count));
                a.emit(VMOVD_GPR, spare, RAX);
                a.emit(VPUNPCKLDQ, dst, dst, spare);
            }
        } else {
            a.emit(count == 1 ? MOVZX8 : MOVZX16, RAX, src);
            a.emit(VMOVD_GPR, dst, RAX);
            if (count == Short.BYTES + 1) {
                a.emit(MOVZX8, RAX, src.plus(Short.BYTES));
                a.emit(VMOVD_GPR, spare, RAX);
                a.emit(VPUNPCKLWD, dst, dst, spare);
            }
        }
    }

    /// Writes them; memory keeps what is behind them. Without masks, RAX and the register are
    /// overwritten.
    void store(Mem dst, Vector register) {
        Vector src = register.as(width());
        if (isWhole()) {
            a.emit(VMOVUPS_STORE, dst, src);
        } else if (hasMasks()) {
            a.emit(VMOVDQU8_STORE, dst, src.only(Mask.K1));
        } else {
            pieces(dst, register);
        }
    }

    private void pieces(Mem dst, Vector register) {
        Vector low = register.as(Width.XMM);
        int done = 0;
        if (count >= Width.XMM.bytes()) {
            a.emit(VMOVUPS_STORE, dst, low);
            a.emit(VEXTRACTI128, low, register.as(Width.YMM), 1);
            done = Width.XMM.bytes();
        }
        if (count - done >= Long.BYTES) {
            a.emit(VMOVQ_STORE, dst.plus(done), low);
            a.emit(VPSHUFD, low, low, 0xEE);
            done += Long.BYTES;
        }
        if (done < count) {
            a.emit(VMOVQ_TO_GPR, RAX, low);
        }
        for (int bytes = Integer.BYTES; done < count; bytes /= 2) {
            if (count - done >= bytes) {
                a.store(dst.plus(done), RAX, bytes);
                a.emit(SHR, RAX, 8 * bytes);
                done += bytes;
            }
        }
    }
}
