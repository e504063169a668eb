package org.mobilenet4j.server.protocol.v2;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.text.OneLine;

/// Types of inputs.
enum DataType {
    /// The network's input as it is.
    FP32(Float.BYTES, -Double.MAX_VALUE, Double.MAX_VALUE),
    /// The integers of a quantized network's input, from 0 up.
    UINT8(Byte.BYTES, 0, 255),
    /// The integers of a quantized network's input, from -128 up.
    INT8(Byte.BYTES, -128, 127),
    /// Photos: in JSON as Base64, in binary each with its length in four bytes before it.
    BYTES(0, 0, 0);

    private final int size;
    private final double least;
    private final double most;

    DataType(int size, double least, double most) {
        this.size = size;
        this.least = least;
        this.most = most;
    }

    static DataType named(String text) {
        for (var type : values()) {
            if (type.name().equals(text)) {
                return type;
            }
        }
        throw new BadValueException("the datatype " + OneLine.of(text) + " is not one of FP32, UINT8, INT8 and BYTES");
    }

    /// Bytes of a value; 0 if they differ in length.
    int size() {
        return size;
    }

    /// Checks that numbers are of this type.
    void check(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new BadValueException("the input has values that are not finite");
            }
            if (value < least || value > most || (this != FP32 && value != Math.rint(value))) {
                throw new BadValueException("the input has the value " + value + ", which is no " + this);
            }
        }
    }

    /// The numbers in `length` bytes at `from`, little-endian.
    float[] decode(byte[] bytes, int from, int length) {
        var values = new float[length / size];
        var buffer = ByteBuffer.wrap(bytes, from, length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (this) {
                case FP32 -> buffer.getFloat();
                case UINT8 -> Byte.toUnsignedInt(buffer.get());
                case INT8 -> buffer.get();
                case BYTES -> throw new IllegalStateException();
            };
        }
        check(values);
        return values;
    }
}
