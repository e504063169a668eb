package org.mobilenet4j.formats.onnx.read;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.Constant;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// A constant of an ONNX file.
///
/// @param proto the tensor's message in the file
/// @param raw its values, little-endian, if they are contiguous, in this or another file; null if the file has a
///     list of numbers
/// @param scales its quantization, once a `DequantizeLinear` was read
record OnnxTensor(
        TensorProto proto,
        @Nullable MemorySegment raw,
        @Nullable OnnxScales scales) {
    private static final ValueLayout.OfInt INT32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong INT64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final ValueLayout.OfFloat FLOAT32 =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int MAX_RANK = 8;

    /// Limit on the axes, sizes or pads in one constant.
    private static final int MAX_WHOLES = 64;

    /// The constant in `proto`.
    static OnnxTensor of(TensorProto proto, OnnxDataFiles files) {
        if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            return new OnnxTensor(proto, files.bytes(proto), null);
        }
        return new OnnxTensor(
                proto,
                proto.hasRawData() ? MemorySegment.ofBuffer(proto.getRawData().asReadOnlyByteBuffer()) : null,
                null);
    }

    /// The same integers with a quantization.
    OnnxTensor with(OnnxScales meaning) {
        return new OnnxTensor(proto, raw, meaning);
    }

    /// The data type.
    ///
    /// @throws IllegalArgumentException if it is not supported, naming the tensor
    ElementType type() {
        return switch (proto.getDataType()) {
            case DataType.FLOAT_VALUE -> ElementType.FLOAT32;
            case DataType.FLOAT16_VALUE -> ElementType.FLOAT16;
            case DataType.INT8_VALUE -> ElementType.INT8;
            case DataType.UINT8_VALUE -> ElementType.UINT8;
            case DataType.INT32_VALUE -> ElementType.INT32;
            default -> throw odd("is of type " + DataType.forNumber(proto.getDataType()) + ", which is not supported");
        };
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
                throw odd(
                        "has a dimension of " + dim + "; dimensions from 1 to " + Integer.MAX_VALUE + " are supported");
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

    /// The values, floats or quantized, not copied if they are contiguous. Scales per output channel fit only once the
    /// channels are the last dimension.
    ///
    /// @throws IllegalArgumentException if they are not floats, or their number does not match the dimensions,
    ///     naming the tensor
    Tensor floats() {
        if (scales != null) {
            return stored(scales);
        }
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
        } catch (BadValueException e) {
            throw odd("does not hold what it says: " + e.getMessage());
        }
    }

    private Tensor stored(OnnxScales meaning) {
        var numbers = wholeBytes();
        try {
            return Tensor.of(numbers, type(), dims(), meaning.quantization());
        } catch (BadValueException e) {
            throw odd("does not hold what it says: " + e.getMessage());
        }
    }

    /// The values of 8 or 32 bits, little-endian.
    private MemorySegment wholeBytes() {
        if (raw != null) {
            return raw;
        }
        int bytes = type().bytes();
        var numbers = new byte[BadValueException.toInt((long) proto.getInt32DataCount() * bytes)];
        for (int i = 0; i < proto.getInt32DataCount(); i++) {
            for (int k = 0; k < bytes; k++) {
                numbers[i * bytes + k] = (byte) (proto.getInt32Data(i) >> (Byte.SIZE * k));
            }
        }
        return MemorySegment.ofArray(numbers);
    }

    /// The values, to compute with: of a quantized constant the integers, as they are.
    ///
    /// @throws IllegalArgumentException if they are neither floats nor integers, or their number does not match the
    ///     dimensions, naming the tensor
    Constant constant() {
        var dims = proto.getDimsList().stream().map(BadValueException::toInt).toList();
        boolean isReal = isFloats() && scales == null;
        var values = isReal ? reals() : isWholes() && scales == null ? longs() : integers();
        try {
            return isReal ? Constant.ofReals(dims, values) : Constant.ofWholes(dims, values);
        } catch (IllegalArgumentException e) {
            throw odd("does not hold what it says: " + e.getMessage());
        }
    }

    private double[] reals() {
        var floats = floats();
        var values = new double[floats.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats.get(i);
        }
        return values;
    }

    private double[] longs() {
        boolean wide = proto.getDataType() == DataType.INT64_VALUE;
        int bytes = wide ? Long.BYTES : Integer.BYTES;
        int count = raw == null
                ? wide ? proto.getInt64DataCount() : proto.getInt32DataCount()
                : BadValueException.toInt(raw.byteSize() / bytes);
        var values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = raw == null
                    ? wide ? proto.getInt64Data(i) : proto.getInt32Data(i)
                    : wide ? raw.getAtIndex(INT64, i) : raw.getAtIndex(INT32, i);
        }
        return values;
    }

    private double[] integers() {
        var type = type();
        var bytes = wholeBytes();
        var values = new double[BadValueException.toInt(bytes.byteSize() / type.bytes())];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case INT32 -> bytes.getAtIndex(INT32, i);
                case UINT8 -> bytes.get(ValueLayout.JAVA_BYTE, i) & 0xff;
                default -> bytes.get(ValueLayout.JAVA_BYTE, i);
            };
        }
        return values;
    }

    /// A constant that is computed: floats, integers of 64 bits, or quantized ones of the type of `like`.
    static OnnxTensor of(String name, Constant values, @Nullable OnnxTensor like, @Nullable OnnxScales scales) {
        int type = scales != null && like != null
                ? like.proto.getDataType()
                : values.isWhole() ? DataType.INT64_VALUE : DataType.FLOAT_VALUE;
        int bytes = switch (type) {
            case DataType.INT64_VALUE -> Long.BYTES;
            case DataType.FLOAT_VALUE, DataType.INT32_VALUE -> Integer.BYTES;
            default -> 1;
        };
        var raw = MemorySegment.ofArray(new byte[Math.multiplyExact(values.size(), bytes)]);
        for (int i = 0; i < values.size(); i++) {
            double value = values.get(i);
            switch (type) {
                case DataType.INT64_VALUE -> raw.setAtIndex(INT64, i, (long) value);
                case DataType.INT32_VALUE -> raw.setAtIndex(INT32, i, (int) value);
                case DataType.FLOAT_VALUE -> raw.setAtIndex(FLOAT32, i, (float) value);
                default -> raw.set(ValueLayout.JAVA_BYTE, i, (byte) (int) value);
            }
        }
        var proto = TensorProto.newBuilder().setName(name).setDataType(type);
        values.dims().forEach(proto::addDims);
        return new OnnxTensor(proto.build(), raw, scales);
    }

    /// The 8-bit integers, such as zero points.
    ///
    /// @throws IllegalArgumentException if they are not INT8 or UINT8, naming the tensor
    int[] bytes() {
        var type = type();
        if (type.bytes() != 1) {
            throw odd("is of " + type + "; only INT8 and UINT8 are supported");
        }
        var numbers = wholeBytes();
        var values = new int[BadValueException.toInt(numbers.byteSize())];
        for (int i = 0; i < values.length; i++) {
            byte stored = numbers.get(ValueLayout.JAVA_BYTE, i);
            values[i] = type == ElementType.UINT8 ? stored & 0xff : stored;
        }
        return values;
    }

    /// The values of a small constant: axes, sizes, pads.
    ///
    /// @throws IllegalArgumentException if they are not a few integers, naming the tensor
    long[] wholes() {
        boolean wide = proto.getDataType() == DataType.INT64_VALUE;
        int bytes = wide ? Long.BYTES : Integer.BYTES;
        long count =
                raw != null ? raw.byteSize() / bytes : wide ? proto.getInt64DataCount() : proto.getInt32DataCount();
        if (!isWholes() || count > MAX_WHOLES || (raw != null && raw.byteSize() % bytes != 0)) {
            throw odd("must be a short list of integers");
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

    private BadValueException odd(String problem) {
        return new BadValueException("the tensor \"" + name() + "\" " + problem);
    }
}
