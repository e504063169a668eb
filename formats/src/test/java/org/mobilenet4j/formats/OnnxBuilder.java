package org.mobilenet4j.formats;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/// Makes ONNX files operator by operator, as other programs write them.
public final class OnnxBuilder {
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("main_graph");
    private final ModelProto.Builder model = ModelProto.newBuilder();
    private final SplittableRandom random = new SplittableRandom(31);

    OnnxBuilder(String producer, int opset) {
        model.setIrVersion(opset < 10 ? 4 : 8)
                .setProducerName(producer)
                .setProducerVersion("1.2")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset));
    }

    /// PyTorch's exporter.
    public static OnnxBuilder pytorch(int opset) {
        return new OnnxBuilder("pytorch", opset);
    }

    /// tf2onnx.
    public static OnnxBuilder tf2onnx(int opset) {
        return new OnnxBuilder("tf2onnx", opset);
    }

    /// An input of `dims`, where -1 is a dimension of any size.
    public String input(long... dims) {
        graph.addInput(declare("x", dims));
        return "x";
    }

    /// A constant that is an input too, as in old files.
    public void alsoInput(String name, long... dims) {
        graph.addInput(declare(name, dims));
    }

    private static ValueInfoProto declare(String name, long... dims) {
        var shape = TensorShapeProto.newBuilder();
        for (long dim : dims) {
            var size = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(dim < 0 ? size.setDimParam("n" + shape.getDimCount()) : size.setDimValue(dim));
        }
        var type = TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }

    /// Random floats, raw.
    public String floats(String name, long... dims) {
        return floats(name, values(dims), dims);
    }

    public float[] values(long... dims) {
        var values = new float[(int) LongStream.of(dims).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    public String floats(String name, float[] values, long... dims) {
        return tensor(TensorProto.newBuilder().setName(name).setDataType(1).setRawData(raw(values)), dims);
    }

    public static ByteString raw(float... values) {
        var bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return ByteString.copyFrom(bytes);
    }

    /// A batch normalization's variance.
    public String positive(String name, int count) {
        var values = values(count);
        for (int i = 0; i < count; i++) {
            values[i] = 1 + Math.abs(values[i]);
        }
        return floats(name, values, count);
    }

    public String wholes(String name, long... values) {
        var tensor = TensorProto.newBuilder().setName(name).setDataType(7);
        LongStream.of(values).forEach(tensor::addInt64Data);
        return tensor(tensor, values.length);
    }

    public String whole(String name, long value) {
        return tensor(TensorProto.newBuilder().setName(name).setDataType(7).addInt64Data(value));
    }

    /// Any initializer.
    public String tensor(TensorProto.Builder tensor, long... dims) {
        LongStream.of(dims).forEach(tensor::addDims);
        graph.addInitializer(tensor);
        return tensor.getName();
    }

    /// A `Constant` operator of one float.
    public String constant(float value) {
        var tensor = TensorProto.newBuilder().setDataType(1).setRawData(raw(value));
        return node("Constant", List.of(), tensor("value", tensor));
    }

    /// A `Constant` operator of one integer.
    public String constant(long value) {
        return node(
                "Constant",
                List.of(),
                tensor("value", TensorProto.newBuilder().setDataType(7).addInt64Data(value)));
    }

    public String node(String kind, String input, AttributeProto... attributes) {
        return node(kind, List.of(input), attributes);
    }

    public String node(String kind, List<String> inputs, AttributeProto... attributes) {
        var name = "/" + kind + "_" + graph.getNodeCount();
        graph.addNode(NodeProto.newBuilder()
                .setOpType(kind)
                .setName(name)
                .addAllInput(inputs)
                .addOutput(name + "_output_0")
                .addAllAttribute(Arrays.asList(attributes)));
        return name + "_output_0";
    }

    /// The last operator, to change.
    public NodeProto.Builder last() {
        return graph.getNodeBuilder(graph.getNodeCount() - 1);
    }

    public OnnxBuilder metadata(String key, String value) {
        model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
        return this;
    }

    /// The file, with these outputs.
    public byte[] build(String... outputs) {
        for (var output : outputs) {
            graph.addOutput(ValueInfoProto.newBuilder()
                    .setName(output)
                    .setType(TypeProto.newBuilder()
                            .setTensorType(TypeProto.Tensor.newBuilder().setElemType(1))));
        }
        return model.setGraph(graph).build().toByteArray();
    }

    public static AttributeProto number(String name, long value) {
        return attribute(name, 2).setI(value).build();
    }

    public static AttributeProto real(String name, float value) {
        return attribute(name, 1).setF(value).build();
    }

    public static AttributeProto numbers(String name, long... values) {
        var attribute = attribute(name, 7);
        LongStream.of(values).forEach(attribute::addInts);
        return attribute.build();
    }

    public static AttributeProto text(String name, String value) {
        return attribute(name, 3)
                .setS(ByteString.copyFrom(value, StandardCharsets.UTF_8))
                .build();
    }

    static AttributeProto tensor(String name, TensorProto.Builder value) {
        return attribute(name, 4).setT(value).build();
    }

    private static AttributeProto.Builder attribute(String name, int type) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.forNumber(type));
    }
}
