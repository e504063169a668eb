package org.mobilenet4j.machine.recipe.bytes;

import static org.mobilenet4j.machine.x64.instruction.Binary.VADDPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VANDPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VDIVPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VMAXPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VMINPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VMULPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPADDD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VSUBPS;
import static org.mobilenet4j.machine.x64.instruction.BinaryImm.VCMPPS_AVX;
import static org.mobilenet4j.machine.x64.instruction.Compare.VCMPPS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VCVTDQ2PS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VCVTTPS2DQ;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Mask;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// The quotient in floats, clamped and rounded half away from zero, by cutting off twice its fraction; 0 for NaN.
final class QuantizeCode extends NumberCode {
    private static final int QUOTIENT = 0, CUT = 1, OTHER = 2, SCALE = 3, LOW = 4, HIGH = 5, ZERO = 6;
    private static final int ORDERED = 7;
    private static final int GREATEST = 255;
    private static final int FRACTION_BITS = 0x7FFFFF;

    private final float scale;
    private final int zero;
    /// Whether it is as exact to multiply by the reciprocal.
    private final boolean isPowerOfTwo;

    QuantizeCode(X64Assembler assembler, Isa isa, float scale, int zero) {
        super(assembler, isa);
        this.scale = scale;
        this.zero = zero;
        int exponent = Math.getExponent(scale);
        this.isPowerOfTwo = (Float.floatToRawIntBits(scale) & FRACTION_BITS) == 0
                && exponent >= Float.MIN_EXPONENT
                && -exponent >= Float.MIN_EXPONENT;
    }

    @Override
    void constants() {
        broadcast(SCALE, isPowerOfTwo ? 1 / scale : scale);
        broadcast(LOW, (float) -zero);
        broadcast(HIGH, (float) (GREATEST - zero));
        broadcast(ZERO, zero);
    }

    @Override
    void emit(Mem floats, Mem bytes, WidenedLanes lanes) {
        a.emit(VMOVUPS, v(QUOTIENT), floats);
        a.emit(isPowerOfTwo ? VMULPS : VDIVPS, v(QUOTIENT), v(QUOTIENT), v(SCALE));
        if (isa.width() == Width.ZMM) {
            a.emit(VCMPPS, Mask.K4, v(QUOTIENT), v(QUOTIENT), ORDERED);
            a.emit(VMOVUPS, v(QUOTIENT).orZero(Mask.K4), v(QUOTIENT));
        } else {
            a.emit(VCMPPS_AVX, v(OTHER), v(QUOTIENT), v(QUOTIENT), ORDERED);
            a.emit(VANDPS, v(QUOTIENT), v(QUOTIENT), v(OTHER));
        }
        a.emit(VMAXPS, v(QUOTIENT), v(QUOTIENT), v(LOW));
        a.emit(VMINPS, v(QUOTIENT), v(QUOTIENT), v(HIGH));
        a.emit(VCVTTPS2DQ, v(CUT), v(QUOTIENT));
        a.emit(VCVTDQ2PS, v(OTHER), v(CUT));
        a.emit(VSUBPS, v(QUOTIENT), v(QUOTIENT), v(OTHER));
        a.emit(VADDPS, v(QUOTIENT), v(QUOTIENT), v(QUOTIENT));
        a.emit(VCVTTPS2DQ, v(QUOTIENT), v(QUOTIENT));
        a.emit(VPADDD, v(CUT), v(CUT), v(ZERO));
        a.emit(VPADDD, v(CUT), v(CUT), v(QUOTIENT));
        lanes.store(bytes, v(CUT));
    }
}
