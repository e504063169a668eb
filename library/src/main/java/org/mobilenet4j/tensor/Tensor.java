package org.mobilenet4j.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;

/// An immutable tensor, used for weights: dimensions, element type and a row-major buffer.
///
/// The buffer is a Java array or a memory-mapped part of a file; nothing needs closing. Reads convert float16 to float
/// and dequantize integers by their [Quantization].
public final class Tensor {
    private static final ValueLayout.OfFloat FLOAT32 =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort FLOAT16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final ValueLayout.OfInt INT32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final List<Integer> dims;
    private final int size;
    private final ElementType type;
    private final MemorySegment bytes;
    /// Set for integers only.
    private final @Nullable Quantization quantization;

    private Tensor(List<Integer> dims, ElementType type, MemorySegment bytes, @Nullable Quantization quantization) {
        this.dims = List.copyOf(dims);
        this.size = elements(dims);
        this.type = type;
        this.bytes = bytes;
        this.quantization = quantization;
        if (type.isInteger() != (quantization != null)) {
            throw new BadValueException(
                    "a " + type + " tensor " + (type.isInteger() ? "needs a scale and a zero point" : "has no scales"));
        }
        if (quantization != null && size % quantization.channels() != 0) {
            throw new BadValueException("a tensor of " + text(dims) + " cannot have " + quantization.channels()
                    + " scales; give one for all values, or one for each output channel");
        }
        if (bytes.byteSize() != (long) size * type.bytes()) {
            throw new BadValueException("a " + type + " tensor of " + text(dims) + " needs "
                    + (long) size * type.bytes() + " bytes, not " + bytes.byteSize());
        }
    }

    /// A tensor over `values`, which it takes over without a copy: do not write to them any more.
    public static Tensor of(float[] values, int... dims) {
        Objects.requireNonNull(values, "values");
        Objects.requireNonNull(dims, "dims");
        var list = Arrays.stream(dims).boxed().toList();
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            return new Tensor(list, ElementType.FLOAT32, MemorySegment.ofArray(values), null);
        }
        var swapped = MemorySegment.ofArray(new byte[Math.multiplyExact(values.length, 4)]);
        for (int i = 0; i < values.length; i++) {
            swapped.setAtIndex(FLOAT32, i, values[i]);
        }
        return new Tensor(list, ElementType.FLOAT32, swapped, null);
    }

    /// A tensor over little-endian `bytes`, for example a slice of a mapped file.
    ///
    /// @throws IllegalArgumentException when the length of `bytes` does not fit `dims` and `type`
    public static Tensor of(MemorySegment bytes, ElementType type, List<Integer> dims) {
        return new Tensor(dims, type, bytes.asReadOnly(), null);
    }

    /// A tensor of integers over little-endian `bytes`.
    ///
    /// @param quantization their scales and zero points
    /// @throws IllegalArgumentException when the length of `bytes` does not fit `dims` and `type`, or the scales
    ///     do not
    public static Tensor of(MemorySegment bytes, ElementType type, List<Integer> dims, Quantization quantization) {
        return new Tensor(dims, type, bytes.asReadOnly(), quantization);
    }

    /// The number of values that `dims` describe (1 for no dimensions).
    ///
    /// @throws IllegalArgumentException when a dimension is not positive or the product does not fit an array
    public static int elements(List<Integer> dims) {
        long product = 1;
        for (int dim : dims) {
            if (dim < 1) {
                throw new BadValueException("a tensor's dimensions must be positive, not " + text(dims));
            }
            product *= dim;
            if (product > Shape.MAX_ELEMENTS) {
                throw new BadValueException(
                        "a tensor of " + text(dims) + " is larger than the limit of " + Shape.MAX_ELEMENTS + " values");
            }
        }
        return (int) product;
    }

    /// The dimensions, outermost first.
    public List<Integer> dims() {
        return dims;
    }

    /// The number of values.
    public int size() {
        return size;
    }

    /// The element type.
    public ElementType type() {
        return type;
    }

    /// The raw bytes, little-endian, read-only.
    public MemorySegment bytes() {
        return bytes.asReadOnly();
    }

    /// Scales and zero points of integers; empty for floats.
    public Optional<Quantization> quantization() {
        return Optional.ofNullable(quantization);
    }

    /// The value at row-major position `index`, dequantized if it is an integer.
    public float get(int index) {
        return switch (type) {
            case FLOAT32 -> bytes.getAtIndex(FLOAT32, index);
            case FLOAT16 -> Float.float16ToFloat(bytes.getAtIndex(FLOAT16, index));
            case INT8, UINT8, INT32 -> real(index);
        };
    }

    /// The same in double precision: a bias may have more than 24 bits.
    private float real(int index) {
        var stands = Objects.requireNonNull(quantization);
        return (float) ((double) stands.scale(index) * ((long) quantizedValue(index) - stands.zeroPoint(index)));
    }

    /// The quantized value at row-major position `index`.
    ///
    /// @throws IllegalStateException when the tensor holds floats
    public int quantizedValue(int index) {
        return switch (type) {
            case INT8 -> bytes.get(ValueLayout.JAVA_BYTE, index);
            case UINT8 -> bytes.get(ValueLayout.JAVA_BYTE, index) & 0xff;
            case INT32 -> bytes.getAtIndex(INT32, index);
            case FLOAT32, FLOAT16 -> throw new IllegalStateException(this + " does not store integers");
        };
    }

    /// Copies `count` values of 8 bits from row-major position `first` on to `target`, as they are stored.
    ///
    /// @throws IllegalStateException when the tensor holds no such values
    public void copyBytes(int first, byte[] target, int count) {
        if (type != ElementType.INT8 && type != ElementType.UINT8) {
            throw new IllegalStateException(this + " does not store bytes");
        }
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, first, target, 0, count);
    }

    /// Copies all values, in row-major order, to `target` from `offset` on.
    public void copyTo(float[] target, int offset) {
        copyTo(0, target, offset, size);
    }

    /// Copies `count` values from row-major position `first` on to `target` from `offset` on.
    public void copyTo(int first, float[] target, int offset, int count) {
        if (type == ElementType.FLOAT32) {
            MemorySegment.copy(bytes, FLOAT32, (long) first * Float.BYTES, target, offset, count);
            return;
        }
        if (type == ElementType.FLOAT16) {
            // By way of an array, which is much faster before JIT compilation.
            var halves = new short[count];
            MemorySegment.copy(bytes, FLOAT16, (long) first * Short.BYTES, halves, 0, count);
            for (int i = 0; i < count; i++) {
                target[offset + i] = Float.float16ToFloat(halves[i]);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            target[offset + i] = get(first + i);
        }
    }

    /// Hints that the values are not needed for a while: pages mapped from a file are released until they are read
    /// again.
    public void unload() {
        if (bytes.isMapped()) {
            bytes.unload();
        }
    }

    /// A new array with all values in row-major order.
    public float[] toArray() {
        var values = new float[size];
        copyTo(values, 0);
        return values;
    }

    /// Whether `other` has the same dimensions, type, scales and bits.
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Tensor that
                        && dims.equals(that.dims)
                        && type == that.type
                        && Objects.equals(quantization, that.quantization)
                        && bytes.mismatch(that.bytes) < 0);
    }

    /// Of the dimensions and type: reading all of a mapped file for it would not pay.
    @Override
    public int hashCode() {
        return 31 * dims.hashCode() + type.hashCode();
    }

    /// `3x3x32x64 FLOAT32`.
    @Override
    public String toString() {
        return text(dims) + " " + type;
    }

    /// Dimensions as text: `3x3x32x64`, or `scalar`.
    public static String text(List<Integer> dims) {
        return dims.isEmpty()
                ? "scalar"
                : String.join("x", dims.stream().map(String::valueOf).toList());
    }
}
