package org.mobilenet4j.tensor;

/// The element type of a tensor; values are read as `float` whatever the type.
public enum ElementType {
    /// IEEE 754 binary32, little-endian.
    FLOAT32(4),
    /// IEEE 754 binary16, little-endian.
    FLOAT16(2),
    /// Integers from -128 to 127, dequantized by a [Quantization].
    INT8(1),
    /// Integers from 0 to 255, dequantized by a [Quantization].
    UINT8(1),
    /// 32-bit integers, little-endian, dequantized by a [Quantization].
    INT32(4);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /// Bytes per value.
    public int bytes() {
        return bytes;
    }

    /// Whether values are integers.
    public boolean isInteger() {
        return this == INT8 || this == UINT8 || this == INT32;
    }

    /// The smallest value of the type.
    ///
    /// @throws IllegalStateException when values are not integers
    public int least() {
        return switch (this) {
            case INT8 -> Byte.MIN_VALUE;
            case UINT8 -> 0;
            case INT32 -> Integer.MIN_VALUE;
            case FLOAT32, FLOAT16 -> throw new IllegalStateException(this + " does not store integers");
        };
    }

    /// The largest value of the type.
    ///
    /// @throws IllegalStateException when values are not integers
    public int greatest() {
        return switch (this) {
            case INT8 -> Byte.MAX_VALUE;
            case UINT8 -> 255;
            case INT32 -> Integer.MAX_VALUE;
            case FLOAT32, FLOAT16 -> throw new IllegalStateException(this + " does not store integers");
        };
    }
}
