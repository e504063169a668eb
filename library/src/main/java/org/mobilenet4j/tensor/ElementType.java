package org.mobilenet4j.tensor;

/// How a tensor's values are stored; they are always read as `float`.
public enum ElementType {
    /// IEEE 754 binary32, little-endian.
    FLOAT32(4),
    /// IEEE 754 binary16, little-endian.
    FLOAT16(2),
    /// Integers from -128 to 127, which a [Quantization] makes real ones.
    INT8(1),
    /// Integers from 0 to 255, which a [Quantization] makes real ones.
    UINT8(1),
    /// Integers of 32 bits, little-endian, which a [Quantization] makes real ones.
    INT32(4);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /// Bytes a value.
    public int bytes() {
        return bytes;
    }

    /// Whether values are integers.
    public boolean isInteger() {
        return this == INT8 || this == UINT8 || this == INT32;
    }

    /// The least integer that is stored.
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

    /// The greatest integer that is stored.
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
