package org.mobilenet4j.formats.hdf5;

import java.nio.ByteOrder;
import org.mobilenet4j.error.BadValueException;

/// The data type of a value, if it is supported.
sealed interface Datatype {
    /// Bytes per value.
    int size();

    /// IEEE floats.
    ///
    /// @param size 2, 4 or 8 bytes
    record Floating(int size, ByteOrder order) implements Datatype {}

    /// Strings of `size` bytes each, padded with zeros or spaces.
    record FixedText(int size) implements Datatype {}

    /// Strings in a heap of the file, with references of `size` bytes.
    record HeapText(int size) implements Datatype {}

    /// Anything else.
    record Other(int size, int kind) implements Datatype {}

    static Datatype read(Cursor cursor) {
        int kind = cursor.u8() & 15;
        int bits = cursor.u8();
        cursor.skip(2); // further flags
        long size = cursor.u32();
        if (size < 1 || size > 1 << 16) {
            throw new BadValueException("has values of " + size + " bytes; up to 65536 are supported");
        }
        return switch (kind) {
            case 1 -> floating((int) size, bits, cursor);
            case 3 -> new FixedText((int) size);
            case 9 -> (bits & 15) == 1 ? new HeapText((int) size) : new Other((int) size, kind);
            default -> new Other((int) size, kind);
        };
    }

    private static Datatype floating(int size, int bits, Cursor cursor) {
        cursor.skip(5); // bit offset, precision, exponent location
        int exponent = cursor.u8();
        boolean isKnown = (size == 2 && exponent == 5) || (size == 4 && exponent == 8) || (size == 8 && exponent == 11);
        return isKnown
                ? new Floating(size, (bits & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                : new Other(size, 1);
    }
}
