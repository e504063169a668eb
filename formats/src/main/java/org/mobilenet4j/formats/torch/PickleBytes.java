package org.mobilenet4j.formats.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.mobilenet4j.error.BadValueException;

/// The bytes of pickles, read from front to back.
final class PickleBytes {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble BIG_DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment bytes;
    private long at;

    PickleBytes(MemorySegment bytes) {
        this.bytes = bytes;
    }

    /// Where the next byte lies.
    long place() {
        return at;
    }

    int one() {
        return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, take(1)));
    }

    int two() {
        int low = one();
        return low | one() << Byte.SIZE;
    }

    int four() {
        return bytes.get(INT, take(Integer.BYTES));
    }

    long eight() {
        return bytes.get(LONG, take(Long.BYTES));
    }

    double real() {
        return bytes.get(BIG_DOUBLE, take(Double.BYTES));
    }

    /// A signed number of `length` bytes.
    ///
    /// @throws IllegalArgumentException if it does not fit 64 bits
    long number(int length) {
        if (length < 0 || length > Long.BYTES) {
            throw new BadValueException(
                    "its pickle has a number of " + Integer.toUnsignedString(length) + " bytes; up to 8 are supported");
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (long) one() << (Byte.SIZE * i);
        }
        int unused = Long.SIZE - Byte.SIZE * length;
        return length == 0 ? 0 : value << unused >> unused;
    }

    /// So many bytes of UTF-8.
    String text(long length) {
        long from = take(length);
        return new String(bytes.asSlice(from, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    /// Up to the next line break.
    String line() {
        long from = at;
        while (one() != '\n') {
            // on to the end of the line
        }
        long length = at - 1 - from;
        return new String(bytes.asSlice(from, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    /// Passes over so many bytes and returns where they begin.
    long take(long length) {
        if (length < 0 || length > bytes.byteSize() - at) {
            throw new BadValueException("its pickle ends too early, at byte " + bytes.byteSize()
                    + "; it was cut off or damaged, get it again");
        }
        long from = at;
        at += length;
        return from;
    }
}
