package org.mobilenet4j.formats.tensorflow;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.mobilenet4j.error.BadValueException;

/// Bytes read from front to back, with numbers of seven bits a byte, as protocol buffers and sorted tables have them.
final class ProtoBytes {
    private final MemorySegment bytes;
    private long at;

    ProtoBytes(MemorySegment bytes) {
        this.bytes = bytes;
    }

    boolean isAtEnd() {
        return at >= bytes.byteSize();
    }

    /// A number of one to ten bytes.
    long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (isAtEnd()) {
                throw damaged();
            }
            byte next = bytes.get(ValueLayout.JAVA_BYTE, at++);
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged();
    }

    /// The next `length` bytes.
    MemorySegment take(long length) {
        if (length < 0 || length > bytes.byteSize() - at) {
            throw damaged();
        }
        var taken = bytes.asSlice(at, length);
        at += length;
        return taken;
    }

    static BadValueException damaged() {
        return new BadValueException("is not what TensorFlow writes, or is cut short or damaged; get it again");
    }
}
