package org.mobilenet4j.tensor;

/// How a tensor's values are stored; they are always read as `float`.
public enum ElementType {
    /// IEEE 754 binary32, little-endian.
    FLOAT32(4),
    /// IEEE 754 binary16, little-endian.
    FLOAT16(2);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /// Bytes a value.
    public int bytes() {
        return bytes;
    }
}
