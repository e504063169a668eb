package org.mobilenet4j.formats.tflite.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mobilenet4j.model.file.TensorWriter;

/// What a TFLite file keeps in one of its buffers. Its size is known before it is made, and it is made only to be
/// written: no second copy of a model's weights is held.
///
/// @param size in bytes
record TfliteBuffer(long size, Content content) {
    /// Writes what a buffer holds, as many bytes as was said.
    interface Content {
        void writeTo(TensorWriter out) throws IOException;
    }

    static TfliteBuffer of(byte[] bytes) {
        return new TfliteBuffer(bytes.length, out -> out.write(bytes));
    }

    /// Integers of 32 bits.
    static TfliteBuffer of(int... values) {
        return of(littleEndian(values));
    }

    /// A single float.
    static TfliteBuffer ofFloat(float value) {
        return of(littleEndian(Float.floatToRawIntBits(value)));
    }

    static byte[] littleEndian(int... values) {
        var bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }
}
