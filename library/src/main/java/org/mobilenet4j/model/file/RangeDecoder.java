package org.mobilenet4j.model.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.mobilenet4j.error.BadValueException;

/// Reads what a [RangeEncoder] wrote, given the same models.
final class RangeDecoder {
    private static final int FIRST_BYTES = 5;
    private static final int BYTE = 8;

    private final MemorySegment in;
    private long at;
    private int range = -1;
    private int code;

    /// @throws IllegalArgumentException when `in` is too short for a stream
    RangeDecoder(MemorySegment in) {
        this.in = in;
        for (int i = 0; i < FIRST_BYTES; i++) {
            code = code << BYTE | next();
        }
    }

    /// Decodes one decision and updates `model`.
    ///
    /// @throws IllegalArgumentException when the stream ends before it
    boolean decode(BitModel model, int context) {
        int bound = (range >>> BitModel.BITS) * model.ofFalse(context);
        boolean bit = Integer.compareUnsigned(code, bound) >= 0;
        if (bit) {
            code -= bound;
            range -= bound;
        } else {
            range = bound;
        }
        model.learn(context, bit);
        while (range >>> (Integer.SIZE - BYTE) == 0) {
            range <<= BYTE;
            code = code << BYTE | next();
        }
        return bit;
    }

    /// Checks that the whole stream was read.
    ///
    /// @throws IllegalArgumentException when it was not
    void finish() {
        if (at != in.byteSize()) {
            throw new BadValueException("has " + (in.byteSize() - at) + " bytes more than its values need");
        }
    }

    private int next() {
        if (at == in.byteSize()) {
            throw new BadValueException("ends before its last value");
        }
        return in.get(ValueLayout.JAVA_BYTE, at++) & 0xff;
    }
}
