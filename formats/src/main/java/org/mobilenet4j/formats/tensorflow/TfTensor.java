package org.mobilenet4j.formats.tensorflow;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.error.BadValueException;

/// A tensor of numbers.
///
/// @param type `float32`, `float16` or `int32`, as TensorFlow.js calls them
/// @param dims its dimensions, outermost first
/// @param bytes its values, little-endian
record TfTensor(String type, List<Integer> dims, MemorySegment bytes) {
    private static final int MAX_RANK = 8;

    /// TensorFlow's numbers of types.
    enum Type {
        FLOAT(1, 4, 5),
        DOUBLE(2, 8, 6),
        INT32(3, 4, 7),
        UINT8(4, 1, 7),
        INT64(9, 8, 10),
        BOOL(10, 1, 11),
        BFLOAT16(14, 2, 13),
        HALF(19, 2, 13);

        private final int number;
        private final int bytes;
        private final int field;

        /// @param field of a message `TensorProto` that lists values
        Type(int number, int bytes, int field) {
            this.number = number;
            this.bytes = bytes;
            this.field = field;
        }

        static Type of(long number) {
            for (var type : values()) {
                if (type.number == number) {
                    return type;
                }
            }
            throw new BadValueException("is of TensorFlow's type " + number + ", which is not supported");
        }

        private float real(MemorySegment bytes, long index) {
            return switch (this) {
                case DOUBLE ->
                    (float) bytes.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), index * 8);
                case BFLOAT16 ->
                    Float.intBitsToFloat(
                            bytes.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), index * 2)
                                    << Short.SIZE);
                default -> throw new IllegalStateException(this + " is not converted");
            };
        }
    }

    /// The tensor in `bytes`, which must be as many as its type and dimensions say.
    static TfTensor of(Type type, List<Long> dims, MemorySegment bytes) {
        int elements = elements(dims);
        if (bytes.byteSize() != (long) elements * type.bytes) {
            throw new BadValueException("has " + bytes.byteSize() + " bytes for " + dims + " values of " + type
                    + "; it is damaged, get it again");
        }
        var sizes = dims.stream().map(Long::intValue).toList();
        return switch (type) {
            case FLOAT -> new TfTensor("float32", sizes, bytes);
            case HALF -> new TfTensor("float16", sizes, bytes);
            case INT32 -> new TfTensor("int32", sizes, bytes);
            case DOUBLE, BFLOAT16 -> {
                var out = ByteBuffer.allocate(Math.multiplyExact(elements, 4)).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < elements; i++) {
                    out.putFloat(type.real(bytes, i));
                }
                yield new TfTensor("float32", sizes, MemorySegment.ofArray(out.array()));
            }
            case INT64, UINT8, BOOL -> {
                var out = ByteBuffer.allocate(Math.multiplyExact(elements, 4)).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < elements; i++) {
                    out.putInt(
                            type == Type.INT64
                                    ? Math.clamp(
                                            bytes.get(
                                                    ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
                                                    i * 8L),
                                            Integer.MIN_VALUE,
                                            Integer.MAX_VALUE)
                                    : Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, i)));
                }
                yield new TfTensor("int32", sizes, MemorySegment.ofArray(out.array()));
            }
        };
    }

    /// The tensor in a message `TensorProto`. One that lists fewer values than it has repeats the last of them.
    ///
    /// @param mostElements how many values it may have
    static TfTensor parse(Proto proto, MemorySegment message, long mostElements) {
        var fields = proto.fields(message);
        long number = 0;
        var dims = List.<Long>of();
        var content = MemorySegment.NULL;
        for (var field : fields) {
            switch (field.number()) {
                case 1 -> number = field.value();
                case 2 -> dims = TfAttributes.dims(proto, field.bytes());
                case 4 -> content = field.bytes();
                default -> {} // values, below
            }
        }
        var type = Type.of(number);
        int elements = elements(dims);
        if (content.byteSize() > 0 || elements == 0) {
            return of(type, dims, content);
        }
        if (elements > mostElements) {
            throw new BadValueException("repeats a value " + elements + " times, which is over the limit");
        }
        var values = new ArrayList<MemorySegment>();
        for (var field : fields) {
            if (field.number() == type.field) {
                addValues(type, field, values);
            }
        }
        if (values.size() > elements) {
            throw new BadValueException("lists " + values.size() + " values for " + dims);
        }
        var all = ByteBuffer.allocate(Math.multiplyExact(elements, type.bytes));
        var last = values.isEmpty() ? MemorySegment.ofArray(new byte[type.bytes]) : values.getLast();
        for (int i = 0; i < elements; i++) {
            all.put((i < values.size() ? values.get(i) : last).asByteBuffer());
        }
        return of(type, dims, MemorySegment.ofArray(all.array()));
    }

    /// Adds the values of a field, packed or one: floats as they are, integers and halves as variable numbers.
    private static void addValues(Type type, Proto.Field field, List<MemorySegment> values) {
        if (type == Type.FLOAT || type == Type.DOUBLE) {
            if (field.bytes().byteSize() == 0) {
                values.add(little(field.value(), type.bytes));
            }
            for (long at = 0; at + type.bytes <= field.bytes().byteSize(); at += type.bytes) {
                values.add(field.bytes().asSlice(at, type.bytes));
            }
            return;
        }
        field.numbers().forEach(number -> values.add(little(number, type.bytes)));
    }

    private static MemorySegment little(long value, int bytes) {
        var all = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            all[i] = (byte) (value >> (Byte.SIZE * i));
        }
        return MemorySegment.ofArray(all);
    }

    private static int elements(List<Long> dims) {
        long elements = 1;
        for (long dim : dims) {
            if (dim < 0 || dim > Integer.MAX_VALUE || dims.size() > MAX_RANK) {
                throw new BadValueException("has the dimensions " + dims.subList(0, Math.min(dims.size(), MAX_RANK))
                        + ", which are not supported");
            }
            elements = Math.min(elements * dim, Integer.MAX_VALUE);
        }
        return (int) elements;
    }
}
