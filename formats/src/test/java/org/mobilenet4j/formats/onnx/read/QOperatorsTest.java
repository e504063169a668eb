package org.mobilenet4j.formats.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mobilenet4j.formats.onnx.OnnxProtos.number;
import static org.mobilenet4j.formats.onnx.OnnxProtos.numbers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.formats.QdqGraph;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;

/// Graphs in QOperator form against the same in QDQ form: the same integers.
class QOperatorsTest {
    private static final Map<String, String> FUSED = Map.of(
            "Conv", "QLinearConv",
            "Gemm", "QGemm",
            "Add", "QLinearAdd",
            "Concat", "QLinearConcat",
            "Softmax", "QLinearSoftmax",
            "GlobalAveragePool", "QLinearGlobalAveragePool");

    private static Model read(byte[] file) throws IOException {
        return OnnxReader.read(Path.of("some.onnx"), file);
    }

    /// The same integers, on plain loops.
    private static void assertSame(Model actual, Model expected) {
        var input = new float[expected.network().input().elements()];
        for (int i = 0; i < input.length; i++) {
            input[i] = i % 37 / 18f - 1;
        }
        assertThat(run(actual, input)).containsExactly(run(expected, input));
    }

    private static float[] run(Model model, float[] input) {
        var options = SessionOptions.DEFAULT.withKernels(SessionOptions.Kernels.SCALAR);
        return Session.open(model, options).run(input, 1);
    }

    /// Puts the operators of `file` together with the `DequantizeLinear`s before and the `QuantizeLinear` behind them,
    /// as ONNX Runtime does.
    private static byte[] fused(byte[] file) throws InvalidProtocolBufferException {
        var model = ModelProto.parseFrom(file).toBuilder();
        var graph = model.getGraphBuilder();
        var makers = new HashMap<String, NodeProto>();
        var readers = new HashMap<String, NodeProto>();
        graph.getNodeList().forEach(node -> {
            makers.put(node.getOutput(0), node);
            node.getInputList().forEach(input -> readers.put(input, node));
        });
        var dropped = new HashSet<NodeProto>();
        var nodes = new ArrayList<NodeProto>();
        for (var node : graph.getNodeList()) {
            var kind = FUSED.get(node.getOpType());
            var behind = readers.get(node.getOutput(0));
            if (kind == null || behind == null || !behind.getOpType().equals("QuantizeLinear")) {
                nodes.add(node);
                continue;
            }
            nodes.add(fused(node, behind, kind, makers));
            dropped.add(behind);
        }
        nodes.removeAll(dropped);
        graph.clearNode().addAllNode(nodes);
        return model.build().toByteArray();
    }

    private static NodeProto maker(Map<String, NodeProto> makers, String tensor) {
        return Objects.requireNonNull(makers.get(tensor));
    }

    private static NodeProto fused(NodeProto node, NodeProto behind, String kind, Map<String, NodeProto> makers) {
        boolean isOnnx = kind.equals("QLinearConv");
        var result = List.of(behind.getInput(1), behind.getInput(2));
        var made = NodeProto.newBuilder()
                .setOpType(kind)
                .setDomain(isOnnx ? "" : "com.microsoft")
                .addAllAttribute(node.getAttributeList())
                .addOutput(behind.getOutput(0));
        if (kind.equals("QLinearConcat")) {
            made.addAllInput(result);
        }
        boolean hasBias = isOnnx || kind.equals("QGemm");
        for (int i = 0; i < (hasBias ? 2 : node.getInputCount()); i++) {
            made.addAllInput(maker(makers, node.getInput(i)).getInputList());
        }
        if (kind.equals("QGemm")) {
            made.addInput(maker(makers, node.getInput(2)).getInput(0));
        }
        if (!kind.equals("QLinearConcat")) {
            made.addAllInput(result);
        }
        if (isOnnx) {
            made.addInput(maker(makers, node.getInput(2)).getInput(0));
        }
        return made.build();
    }

    @ValueSource(ints = {2, 3})
    @ParameterizedTest
    void integersAreTheSame(int type) throws IOException {
        var file = QdqGraph.bytes(type);
        var fused = fused(file);
        assertThat(ModelProto.parseFrom(fused).getGraph().getNodeList())
                .extracting(NodeProto::getOpType)
                .contains("QLinearConv", "QLinearAdd", "QLinearConcat", "QLinearGlobalAveragePool", "QGemm");

        var expected = read(file);
        var model = read(fused);

        assertThat(model.network()).isEqualTo(expected.network());
        assertThat(model.quantization()).isEqualTo(expected.quantization());
        assertSame(model, expected);
    }

    @Test
    void matricesAreRead() throws IOException {
        var q = new QdqGraph(QdqGraph.UINT8);
        AttributeProto shape = numbers("kernel_shape", 6, 6);
        var pooled = q.stored(q.b.node("AveragePool", q.stored(q.b.input(-1, 3, 6, 6), 1, 9), shape), 1, 9);
        var flat = q.stored(q.b.node("Flatten", pooled, number("axis", 1)), 1, 9);
        var file = q.b.build(q.stored(q.b.node("MatMul", List.of(flat, q.kernel(1, 3, 5))), 2, 9));
        var model = ModelProto.parseFrom(file).toBuilder();
        var graph = model.getGraphBuilder();
        var makers = new HashMap<String, NodeProto>();
        graph.getNodeList().forEach(node -> makers.put(node.getOutput(0), node));
        int place = 0;
        while (!graph.getNode(place).getOpType().equals("MatMul")) {
            place++;
        }
        var behind = graph.getNode(place + 1);
        var matrix = NodeProto.newBuilder().setOpType("QLinearMatMul").addOutput(behind.getOutput(0));
        graph.getNode(place)
                .getInputList()
                .forEach(input -> matrix.addAllInput(maker(makers, input).getInputList()));
        matrix.addInput(behind.getInput(1)).addInput(behind.getInput(2));
        graph.setNode(place, matrix).removeNode(place + 1);

        assertSame(read(model.build().toByteArray()), read(file));
    }

    @Test
    void whatEndsInFloatsIsReadAsFloats() throws IOException {
        var q = new QdqGraph(QdqGraph.UINT8);
        var x = q.stored(q.conv(q.stored(q.b.input(-1, 3, 6, 6), 1 / 64f, 128), 1 / 64f, 4, 3, 1), 0.04f, 0);
        x = q.b.node("Flatten", q.b.node("GlobalAveragePool", x), number("axis", 1));
        var file = fused(q.b.build(q.b.node("Gemm", List.of(x, q.b.floats("w", 5, 4)), number("transB", 1))));

        var model = read(file);

        assertThat(model.quantization()).isEmpty();
        assertThat(model.notes()).containsKey("arithmetic");
    }
}
