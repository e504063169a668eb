package org.mobilenet4j.formats;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;
import org.tensorflow.lite.schema.TensorType;

/// A tensor of a TFLite file: a constant where it has data, what an operator makes otherwise.
///
/// @param name as the file has it, without control characters
/// @param dims dimensions, outermost first; a batch of one comes first for activations
/// @param type one of [TensorType]
/// @param data a slice of the file, or null
record TfliteTensor(
        String name, List<Integer> dims, int type, @Nullable MemorySegment data) {
    private static final ValueLayout.OfInt INT32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong INT64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    boolean isConstant() {
        return data != null;
    }

    String typeName() {
        return type >= 0 && type < TensorType.names.length ? TensorType.name(type) : "type " + type;
    }

    /// The constant's values, not copied.
    ///
    /// @throws IllegalArgumentException when this is no constant of floats, or its data does not fit its dimensions
    Tensor floats() {
        if (data == null || (type != TensorType.FLOAT32 && type != TensorType.FLOAT16)) {
            throw new IllegalArgumentException("the tensor \"" + name + "\" is "
                    + (data == null ? "computed" : typeName()) + " where constant floats are needed");
        }
        return Tensor.of(data, type == TensorType.FLOAT32 ? ElementType.FLOAT32 : ElementType.FLOAT16, dims);
    }

    /// The constant's values: axes, paddings, never more than a handful.
    ///
    /// @throws IllegalArgumentException when this is no constant of a few whole numbers
    int[] integers() {
        int bytes = type == TensorType.INT64 ? 8 : 4;
        if (data == null
                || (type != TensorType.INT32 && type != TensorType.INT64)
                || data.byteSize() != (long) Tensor.elements(dims) * bytes
                || data.byteSize() > 1024) {
            throw new IllegalArgumentException(
                    "the tensor \"" + name + "\" is not the few constant whole numbers that are needed");
        }
        var values = new int[Tensor.elements(dims)];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes == 4 ? data.getAtIndex(INT32, i) : Math.toIntExact(data.getAtIndex(INT64, i));
        }
        return values;
    }

    /// The feature map that this activation is: `1xHxWxC`, or `1xC` and other ranks where all but the last are ones.
    ///
    /// @throws IllegalArgumentException when it is no such thing
    Shape shape() {
        if (type != TensorType.FLOAT32) {
            throw new IllegalArgumentException(
                    "the tensor \"" + name + "\" is " + typeName() + " where FLOAT32 is needed");
        }
        if (dims.size() == 4 && dims.getFirst() == 1) {
            return new Shape(dims.get(1), dims.get(2), dims.get(3));
        }
        if (!dims.isEmpty() && dims.subList(0, dims.size() - 1).stream().allMatch(dim -> dim == 1)) {
            return Shape.vector(dims.getLast());
        }
        throw new IllegalArgumentException("the tensor \"" + name + "\" is " + Tensor.text(dims)
                + " where one feature map, 1xHxWxC or 1xC, is needed");
    }
}
