package org.mobilenet4j.machine.recipe.bytes;

import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.instruction.Alu.OR;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPACKUSDW;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPACKUSWB;
import static org.mobilenet4j.machine.x64.instruction.BitShift.SHL;
import static org.mobilenet4j.machine.x64.instruction.BitShift.SHR;
import static org.mobilenet4j.machine.x64.instruction.GprMove.VMOVQ_GPR;
import static org.mobilenet4j.machine.x64.instruction.GprMove.VMOVQ_TO_GPR;
import static org.mobilenet4j.machine.x64.instruction.MaskMove.KMOVW;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVQ_STORE;
import static org.mobilenet4j.machine.x64.instruction.Store.VPMOVDB;
import static org.mobilenet4j.machine.x64.instruction.Unary.VPMOVZXBD;
import static org.mobilenet4j.machine.x64.instruction.UnaryImm.VPERMQ;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Mask;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Move;
import org.mobilenet4j.machine.x64.instruction.Width;

/// Bytes as a vector's lanes of 32 bits, of which only the first may be there: by a mask, or piece by piece where there
/// are no masks.
///
/// @param count how many lanes
/// @param spare overwritten, as is RAX, where pieces are read
record WidenedLanes(X64Assembler a, Isa isa, int count, Gpr spare) {
    /// Of the low halves of 128 bits, the first two.
    private static final int FIRST_AND_THIRD = 0x08;

    private boolean isPartial() {
        return count < isa.width().floats();
    }

    private boolean hasMasks() {
        return isa.width() == Width.ZMM;
    }

    /// Writes what fills the mask, which is K3; RAX is overwritten.
    void prepare() {
        if (isPartial() && hasMasks()) {
            a.mov(RAX, (1 << count) - 1);
            a.emit(KMOVW, Mask.K3, RAX);
        }
    }

    /// The bytes that are there; the other lanes become 0.
    void load(Vector dst, Mem src) {
        if (!isPartial()) {
            a.emit(VPMOVZXBD, dst, src);
        } else if (hasMasks()) {
            a.emit(VPMOVZXBD, dst.orZero(Mask.K3), src);
        } else {
            Vector low = dst.as(Width.XMM);
            pieces(src);
            a.emit(VMOVQ_GPR, low, RAX);
            a.emit(VPMOVZXBD, dst, low);
        }
    }

    /// RAX becomes fewer than eight bytes, the last piece first.
    private void pieces(Mem src) {
        int at = count;
        for (int bytes = 1; bytes < count * 2 && bytes < Long.BYTES; bytes *= 2) {
            if ((count & bytes) != 0) {
                boolean isFirst = at == count;
                at -= bytes;
                Gpr piece = isFirst ? RAX : spare;
                a.emit(bytes == 1 ? Move.MOVZX8 : bytes == 2 ? Move.MOVZX16 : Move.MOV32, piece, src.plus(at));
                if (!isFirst) {
                    a.emit(SHL, RAX, Byte.SIZE * bytes);
                    a.emit(OR, RAX, spare);
                }
            }
        }
    }

    /// Writes lanes from 0 to 255; memory keeps what is behind them. Without masks, the register and RAX are
    /// overwritten.
    void store(Mem dst, Vector src) {
        if (hasMasks()) {
            a.emit(VPMOVDB, dst, isPartial() ? src.only(Mask.K3) : src);
            return;
        }
        Vector low = src.as(Width.XMM);
        a.emit(VPACKUSDW, src, src, src);
        a.emit(VPERMQ, src, src, FIRST_AND_THIRD);
        a.emit(VPACKUSWB, low, low, low);
        if (!isPartial()) {
            a.emit(VMOVQ_STORE, dst, low);
            return;
        }
        a.emit(VMOVQ_TO_GPR, RAX, low);
        int done = 0;
        for (int bytes = Integer.BYTES; bytes > 0; bytes /= 2) {
            if (count - done >= bytes) {
                a.store(dst.plus(done), RAX, bytes);
                a.emit(SHR, RAX, Byte.SIZE * bytes);
                done += bytes;
            }
        }
    }
}
