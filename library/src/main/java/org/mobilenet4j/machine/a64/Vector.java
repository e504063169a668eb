package org.mobilenet4j.machine.a64;

import org.mobilenet4j.machine.a64.instruction.Arrangement;

/// A vector register, and how its lanes are seen.
///
/// @param number 0 to 31
public record Vector(int number, Arrangement arrangement) {
    public Vector {
        if (number < 0 || number > 31) {
            throw new IllegalArgumentException("a vector register has a number from 0 to 31, not " + number);
        }
    }

    /// Four lanes of 32 bits.
    public static Vector s4(int number) {
        return new Vector(number, Arrangement.S4);
    }

    /// The same register seen otherwise.
    public Vector as(Arrangement other) {
        return new Vector(number, other);
    }

    /// One of the lanes of the whole register.
    public Element lane(int index) {
        return new Element(number, arrangement.element(), index);
    }
}
