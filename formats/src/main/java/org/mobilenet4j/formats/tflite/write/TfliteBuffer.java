package org.mobilenet4j.formats.tflite.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mobilenet4j.model.file.TensorWriter;

/// The content of a buffer in a TFLite file. Its size is known in advance, and it is produced only when it is written,
/// so that no second copy of the weights is held in memory.
///
/// @param size in bytes
record TfliteBuffer(long size, Content content) {
    /// Writes the content of a buffer, exactly as many bytes as its size.
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
