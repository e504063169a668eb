package org.mobilenet4j.formats.tensorflow;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.error.BadValueException;

/// Takes protocol buffers apart, one message at a time: nothing of a message within is looked at before it is asked
/// for.
/// The fields of a file are counted, so that it takes no more than a multiple of its size.
final class Proto {
    /// Limit on fields in one file: many times as many as graphs of a thousand nodes have.
    private static final int MAX_FIELDS = 1 << 21;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private int fieldsLeft = MAX_FIELDS;

    /// A field.
    ///
    /// @param number which
    /// @param value of a number; of floats, their bits
    /// @param bytes of a text, a message or packed numbers; empty for a number
    record Field(int number, long value, MemorySegment bytes) {
        String text() {
            return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        }

        /// The numbers of a repeated field, packed or not.
        List<Long> numbers() {
            if (bytes.byteSize() == 0) {
                return List.of(value);
            }
            var all = new ArrayList<Long>();
            var in = new ProtoBytes(bytes);
            while (!in.isAtEnd()) {
                all.add(in.varint());
            }
            return all;
        }
    }

    /// The fields of the message `bytes`, in order.
    ///
    /// @throws IllegalArgumentException if it is malformed, or the file has too many fields
    List<Field> fields(MemorySegment bytes) {
        var in = new ProtoBytes(bytes);
        var all = new ArrayList<Field>();
        while (!in.isAtEnd()) {
            if (--fieldsLeft < 0) {
                throw new BadValueException("has more than " + MAX_FIELDS + " fields, which is the limit");
            }
            long tag = in.varint();
            int number = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case 0 -> all.add(new Field(number, in.varint(), MemorySegment.NULL));
                case 1 -> all.add(new Field(number, in.take(Long.BYTES).get(LONG, 0), MemorySegment.NULL));
                case 2 -> all.add(new Field(number, 0, in.take(in.varint())));
                case 5 -> all.add(new Field(number, in.take(Integer.BYTES).get(INT, 0), MemorySegment.NULL));
                default -> throw ProtoBytes.damaged();
            }
        }
        return all;
    }
}
