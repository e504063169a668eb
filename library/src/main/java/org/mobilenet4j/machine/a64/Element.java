package org.mobilenet4j.machine.a64;

import org.mobilenet4j.machine.a64.instruction.Size;

/// A lane of a vector register.
///
/// @param number of the register
/// @param index  of the lane, of those of 16 bytes
public record Element(int number, Size size, int index) {
    public Element {
        if (number < 0 || number > 31 || index < 0 || index >= 16 / size.bytes()) {
            throw new IllegalArgumentException("no lane " + index + " of " + size + " in register " + number);
        }
    }
}
