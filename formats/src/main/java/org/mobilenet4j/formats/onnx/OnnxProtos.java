package org.mobilenet4j.formats.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.ElementType;

/// Short factories for ONNX messages.
public final class OnnxProtos {
    private OnnxProtos() {}

    public static AttributeProto number(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    public static AttributeProto real(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    public static AttributeProto word(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    public static AttributeProto numbers(String name, int... values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(IntStream.of(values).asLongStream().boxed().toList())
                .build();
    }

    /// A tensor of float32.
    public static TensorProto floats(String name, float[] values, List<Integer> dims) {
        var bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return tensor(name, TensorProto.DataType.FLOAT_VALUE, bytes, dims);
    }

    /// A tensor of float16.
    ///
    /// @throws IllegalArgumentException if a finite value is too large for it
    public static TensorProto halves(String name, float[] values, List<Integer> dims) {
        var bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Short.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            short half = Float.floatToFloat16(value);
            if (Float.isFinite(value) && !Float.isFinite(Float.float16ToFloat(half))) {
                throw new BadValueException(
                        "the tensor " + name + " holds " + value + ", too large for float16; write float32 instead");
            }
            bytes.putShort(half);
        }
        return tensor(name, TensorProto.DataType.FLOAT16_VALUE, bytes.flip(), dims);
    }

    /// A list of 64-bit integers.
    public static TensorProto wholes(String name, int... values) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(values.length)
                .addAllInt64Data(IntStream.of(values).asLongStream().boxed().toList())
                .build();
    }

    /// A single 64-bit integer, without dimensions.
    public static TensorProto whole(String name, int value) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addInt64Data(value)
                .build();
    }

    /// A tensor of INT8 or UINT8, as `type` says.
    public static TensorProto bytes(String name, ElementType type, byte[] values, List<Integer> dims) {
        int number = type == ElementType.INT8 ? TensorProto.DataType.INT8_VALUE : TensorProto.DataType.UINT8_VALUE;
        return tensor(name, number, ByteBuffer.wrap(values), dims);
    }

    /// A list of INT32.
    public static TensorProto ints(String name, int[] values) {
        var bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return tensor(name, TensorProto.DataType.INT32_VALUE, bytes, List.of(values.length));
    }

    private static TensorProto tensor(String name, int type, ByteBuffer bytes, List<Integer> dims) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(type)
                .addAllDims(dims.stream().map(Integer::longValue).toList())
                .setRawData(UnsafeByteOperations.unsafeWrap(bytes))
                .build();
    }

    public static StringStringEntryProto text(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    /// An input or output of float32, `N x dims`, for any number N of images.
    public static ValueInfoProto declare(String name, int... dims) {
        return declare(name, TensorProto.DataType.FLOAT, "N", dims);
    }

    /// An input or output.
    ///
    /// @param open name of the first dimension, whose size is open; empty if there is none
    /// @param dims the others
    public static ValueInfoProto declare(String name, TensorProto.DataType element, String open, int... dims) {
        var shape = TensorShapeProto.newBuilder();
        if (!open.isEmpty()) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(open));
        }
        for (int dim : dims) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
        }
        var type =
                TypeProto.Tensor.newBuilder().setElemType(element.getNumber()).setShape(shape);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }
}
