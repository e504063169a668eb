package org.mobilenet4j.machine.x64;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RSP;
import static org.mobilenet4j.machine.x64.Vector.xmm;
import static org.mobilenet4j.machine.x64.Vector.ymm;
import static org.mobilenet4j.machine.x64.Vector.zmm;
import static org.mobilenet4j.machine.x64.instruction.Binary.VADDPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPACKSSWB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPERMD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPXOR;
import static org.mobilenet4j.machine.x64.instruction.GprMove.VMOVD_GPR;
import static org.mobilenet4j.machine.x64.instruction.GprMove.VMOVD_TO_GPR;
import static org.mobilenet4j.machine.x64.instruction.MaskOp.KNOTW;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVNTPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Store.VPMOVDB;
import static org.mobilenet4j.machine.x64.instruction.StoreImm.VEXTRACTI128;
import static org.mobilenet4j.machine.x64.instruction.Unary.VBROADCASTI32X4;
import static org.mobilenet4j.machine.x64.instruction.Unary.VCVTPD2PS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VPMOVZXBD;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Operands for which there is no instruction are refused when the code is written, before it can do harm.
class RefusedOperandsTest {
    static final List<Consumer<X64Assembler>> WRONG = List.of(
            a -> a.emit(VADDPS, zmm(0), ymm(0), zmm(0)),
            a -> a.emit(VADDPS, ymm(0), ymm(0), zmm(0)),
            a -> a.emit(VPACKSSWB, zmm(0), zmm(0), Mem.at(RAX).broadcast()),
            a -> a.emit(VPXOR, zmm(0), zmm(0), zmm(0)),
            a -> a.emit(VPXOR, ymm(16), ymm(0), ymm(0)),
            a -> a.emit(VPXOR, ymm(0).only(Mask.K1), ymm(0), ymm(0)),
            a -> a.emit(VPERMD, xmm(0), xmm(0), xmm(0)),
            a -> a.emit(VPMOVZXBD, zmm(0), zmm(0)),
            a -> a.emit(VBROADCASTI32X4, zmm(0), xmm(0)),
            a -> a.emit(VCVTPD2PS, zmm(0), zmm(0)),
            a -> a.emit(VCVTPD2PS, xmm(0), Mem.at(RAX)),
            a -> a.emit(VPMOVDB, zmm(0), zmm(0)),
            a -> a.emit(VMOVNTPS_STORE, zmm(0), zmm(0)),
            a -> a.emit(VMOVUPS_STORE, Mem.at(RAX), zmm(0).orZero(Mask.K1)),
            a -> a.emit(VEXTRACTI128, xmm(0), zmm(0), 1),
            a -> a.emit(VMOVD_GPR, ymm(0), RAX),
            a -> a.emit(VMOVD_TO_GPR, xmm(0), RAX),
            a -> a.emit(KNOTW, Mask.K0, Mask.K1, Mask.K2),
            a -> a.lea(RAX, Mem.at(RAX).broadcast()),
            a -> a.lea(RAX, Mem.at(RAX, RSP, 1, 0)),
            a -> a.lea(RAX, Mem.at(RAX, RAX, 3, 0)),
            a -> a.vblendvps(xmm(0), xmm(0), xmm(0), xmm(16)));

    @ParameterizedTest
    @FieldSource("WRONG")
    void areRefused(Consumer<X64Assembler> instruction) {
        assertThatIllegalArgumentException().isThrownBy(() -> instruction.accept(new X64Assembler()));
    }

    @Test
    void registersHaveNumbersUpTo31() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> zmm(32))
                .withMessage("a vector register has a number from 0 to 31, not 32");
    }
}
