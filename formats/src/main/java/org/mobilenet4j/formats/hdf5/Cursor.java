package org.mobilenet4j.formats.hdf5;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.mobilenet4j.error.BadValueException;

/// Reads little-endian integers from a piece of a file, one after the other, and never outside it.
final class Cursor {
    private static final ValueLayout.OfShort INT16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong INT64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment bytes;
    private final String what;
    private long position;

    /// @param what name of the piece in messages
    Cursor(MemorySegment bytes, String what) {
        this.bytes = bytes;
        this.what = what;
    }

    long position() {
        return position;
    }

    long remaining() {
        return bytes.byteSize() - position;
    }

    int u8() {
        return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, advance(1)));
    }

    int u16() {
        return Short.toUnsignedInt(bytes.get(INT16, advance(2)));
    }

    long u32() {
        return Integer.toUnsignedLong(bytes.get(INT32, advance(4)));
    }

    /// An unsigned integer of `size` bytes, 1 to 8. One of eight bytes that does not fit comes out negative.
    long number(int size) {
        return switch (size) {
            case 1 -> u8();
            case 2 -> u16();
            case 4 -> u32();
            case 8 -> bytes.get(INT64, advance(8));
            default ->
                throw new BadValueException(
                        what + " has integers of " + size + " bytes; only 2, 4 and 8 are supported");
        };
    }

    void skip(long count) {
        advance(count);
    }

    /// Skips to the next multiple of eight bytes.
    void align() {
        skip(-position & 7);
    }

    /// Whether the next bytes are `signature`; if so, skips them.
    void expect(String signature) {
        var found = new String(slice(signature.length()).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
        if (!found.equals(signature)) {
            throw new BadValueException(what + " does not begin with " + signature + "; the file is damaged");
        }
    }

    /// The next `count` bytes.
    MemorySegment slice(long count) {
        return bytes.asSlice(advance(count), count);
    }

    /// A cursor over the next `count` bytes.
    Cursor piece(long count, String name) {
        return new Cursor(slice(count), name);
    }

    private long advance(long count) {
        if (count < 0 || count > remaining()) {
            throw new BadValueException(what + " ends before what it claims to hold; the file is damaged");
        }
        long before = position;
        position += count;
        return before;
    }
}
