package org.mobilenet4j.machine.x64;

import org.mobilenet4j.machine.x64.instruction.Width;

/// A vector register, as an operand. As the first one it may carry a mask: lanes whose bit is clear keep what they
/// held, or become 0; of a store to memory they are not written.
///
/// @param number 0 to 31; above 15 only with AVX-512
/// @param mask   of the lanes; K0 for all of them
public record Vector(int number, Width width, Mask mask, boolean isZeroing) implements Operand {
    public Vector {
        if (number < 0 || number > 31) {
            throw new IllegalArgumentException("a vector register has a number from 0 to 31, not " + number);
        }
        if (isZeroing && mask == Mask.K0) {
            throw new IllegalArgumentException("no lane can become 0 without a mask");
        }
    }

    /// A register of that width.
    public static Vector of(int number, Width width) {
        return new Vector(number, width, Mask.K0, false);
    }

    /// 128 bits.
    public static Vector xmm(int number) {
        return of(number, Width.XMM);
    }

    /// 256 bits.
    public static Vector ymm(int number) {
        return of(number, Width.YMM);
    }

    /// 512 bits.
    public static Vector zmm(int number) {
        return of(number, Width.ZMM);
    }

    /// The same register's low bits, or all of them.
    public Vector as(Width other) {
        return of(number, other);
    }

    /// Only the lanes of the mask; the others stay.
    public Vector only(Mask lanes) {
        return new Vector(number, width, lanes, false);
    }

    /// Only the lanes of the mask; the others become 0.
    public Vector orZero(Mask lanes) {
        return new Vector(number, width, lanes, true);
    }
}
