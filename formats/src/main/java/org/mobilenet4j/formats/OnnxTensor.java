package org.mobilenet4j.formats;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// A constant of an ONNX file.
///
/// @param proto what the file says of it
/// @param raw its values, little-endian, where they lie in one piece, here or in another file; null
///     where the file has a list of numbers
record OnnxTensor(TensorProto proto, @Nullable MemorySegment raw) {
    private static final ValueLayout.OfInt INT32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong INT64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int MAX_RANK = 8;

    /// The most axes, sizes or pads that one constant can be.
    private static final int MAX_WHOLES = 64;

    /// The constant in `proto`.
    static OnnxTensor of(TensorProto proto, OnnxDataFiles files) {
        if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            return new OnnxTensor(proto, files.bytes(proto));
        }
        return new OnnxTensor(
                proto,
                proto.hasRawData() ? MemorySegment.ofBuffer(proto.getRawData().asReadOnlyByteBuffer()) : null);
    }

    String name() {
        return proto.getName();
    }

    /// The dimensions, outermost first.
    List<Integer> dims() {
        if (proto.getDimsCount() > MAX_RANK) {
            throw odd("has " + proto.getDimsCount() + " dimensions; the limit is " + MAX_RANK);
        }
        var dims = new ArrayList<Integer>();
        for (long dim : proto.getDimsList()) {
            if (dim < 1 || dim > Integer.MAX_VALUE) {
                throw odd("has a dimension of " + dim + "; dimensions from 1 to " + Integer.MAX_VALUE + " are read");
            }
            dims.add((int) dim);
        }
        return dims;
    }

    boolean isFloats() {
        return proto.getDataType() == DataType.FLOAT_VALUE || proto.getDataType() == DataType.FLOAT16_VALUE;
    }

    boolean isWholes() {
        return proto.getDataType() == DataType.INT64_VALUE || proto.getDataType() == DataType.INT32_VALUE;
    }

    /// The values, not copied where they lie in one piece.
    ///
    /// @throws IllegalArgumentException naming the tensor when these are no floats, or not as many as
    ///     its dimensions say
    Tensor floats() {
        if (!isFloats()) {
            throw odd("is of type " + DataType.forNumber(proto.getDataType()) + " where floats are needed");
        }
        var dims = dims();
        boolean half = proto.getDataType() == DataType.FLOAT16_VALUE;
        try {
            if (raw != null) {
                return Tensor.of(raw, half ? ElementType.FLOAT16 : ElementType.FLOAT32, dims);
            }
            var values = new float[half ? proto.getInt32DataCount() : proto.getFloatDataCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = half ? Float.float16ToFloat((short) proto.getInt32Data(i)) : proto.getFloatData(i);
            }
            return Tensor.of(values, dims.stream().mapToInt(Integer::intValue).toArray());
        } catch (IllegalArgumentException e) {
            throw odd("does not hold what it says: " + e.getMessage());
        }
    }

    /// The values: axes, sizes, pads, never more than a handful.
    ///
    /// @throws IllegalArgumentException naming the tensor when these are not a few whole numbers
    long[] wholes() {
        boolean wide = proto.getDataType() == DataType.INT64_VALUE;
        int bytes = wide ? Long.BYTES : Integer.BYTES;
        long count =
                raw != null ? raw.byteSize() / bytes : wide ? proto.getInt64DataCount() : proto.getInt32DataCount();
        if (!isWholes() || count > MAX_WHOLES || (raw != null && raw.byteSize() % bytes != 0)) {
            throw odd("is not the few whole numbers that are needed");
        }
        var values = new long[(int) count];
        for (int i = 0; i < values.length; i++) {
            if (raw != null) {
                values[i] = wide ? raw.getAtIndex(INT64, i) : raw.getAtIndex(INT32, i);
            } else {
                values[i] = wide ? proto.getInt64Data(i) : proto.getInt32Data(i);
            }
        }
        return values;
    }

    private IllegalArgumentException odd(String problem) {
        return new IllegalArgumentException("the tensor \"" + name() + "\" " + problem);
    }
}
