package org.mobilenet4j.formats.onnx.read;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.mobilenet4j.formats.onnx.OnnxProtos;

/// Rewrites operators that compute with quantized values (`QLinearConv` and its like, the QOperator form) to the float
/// operators that they stand for, between `DequantizeLinear` and `QuantizeLinear` (the QDQ form): the integers, their
/// scales and zero points stay what they are, and one reader does for both forms.
final class QOperators {
    /// What a quantized operator stands for.
    ///
    /// @param plain the float operator
    /// @param maps how many inputs it has, each with a scale and a zero point
    /// @param weights which of them are weights with a scale for each output channel, and along which axis; -1 for
    ///     none
    private record Form(String plain, int maps, int weights) {}

    /// Operators of ONNX and, with the prefix of their domain left out, of ONNX Runtime.
    private static final Map<String, Form> FORMS = Map.of(
            "QLinearConv", new Form("Conv", 2, 0),
            "QLinearMatMul", new Form("MatMul", 2, 1),
            "QGemm", new Form("Gemm", 2, 1),
            "QLinearAdd", new Form("Add", 2, -1),
            "QLinearMul", new Form("Mul", 2, -1),
            "QLinearGlobalAveragePool", new Form("GlobalAveragePool", 1, -1),
            "QLinearAveragePool", new Form("AveragePool", 1, -1),
            "QLinearSigmoid", new Form("Sigmoid", 1, -1),
            "QLinearSoftmax", new Form("Softmax", 1, -1),
            "QLinearLeakyRelu", new Form("LeakyRelu", 1, -1));

    private static final String CONCAT = "QLinearConcat";

    /// Attributes that only the quantized operators have.
    private static final Set<String> OWN = Set.of("channels_last", "opset");

    /// Limit on scales in one file, one for each output channel of each layer.
    private static final int MAX_SCALES = 1 << 22;

    private final Map<String, TensorProto> constants = new HashMap<>();
    private final GraphProto.Builder rewritten;
    private final OnnxDataFiles data;
    private int scalesLeft = MAX_SCALES;
    private int made;

    private QOperators(GraphProto graph, OnnxDataFiles data) {
        this.data = data;
        this.rewritten = graph.toBuilder().clearNode();
        graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    }

    /// `graph` in QDQ form.
    ///
    /// @throws IllegalArgumentException if a quantized operator lacks an input, naming it
    static GraphProto toQdq(GraphProto graph, OnnxDataFiles data) {
        if (!areIn(graph)) {
            return graph;
        }
        var rewriter = new QOperators(graph, data);
        for (int place = 0; place < graph.getNodeCount(); place++) {
            var node = graph.getNode(place);
            if (isQuantized(node)) {
                rewriter.rewrite(new OnnxNode(place, node));
            } else {
                rewriter.rewritten.addNode(node);
            }
        }
        return rewriter.rewritten.build();
    }

    /// Whether `graph` has quantized operators.
    static boolean areIn(GraphProto graph) {
        return graph.getNodeList().stream().anyMatch(QOperators::isQuantized);
    }

    private static boolean isQuantized(NodeProto node) {
        return FORMS.containsKey(node.getOpType()) || node.getOpType().equals(CONCAT);
    }

    /// The operator without its domain.
    private static String kind(OnnxNode node) {
        return node.proto().getOpType();
    }

    private void rewrite(OnnxNode node) {
        if (kind(node).equals(CONCAT)) {
            concat(node);
            return;
        }
        var form = Objects.requireNonNull(FORMS.get(kind(node)));
        if (node.whole("channels_last", 0) != 0) {
            throw node.odd("its channels come last, which is supported only behind a Transpose");
        }
        if (node.real("alpha", 1) != 1 && kind(node).equals("QGemm")) {
            throw node.odd("it scales its product (alpha), which is not supported");
        }
        var plain = node(form.plain(), node);
        for (int i = 0; i < form.maps(); i++) {
            boolean isWeights = i == 1 && form.weights() >= 0;
            int axis = kind(node).equals("QGemm") && node.whole("transB", 0) != 0 ? 0 : form.weights();
            plain.addInput(real(node, 3 * i, isWeights ? axis : 0));
        }
        int at = 3 * form.maps();
        if (kind(node).equals("QGemm")) {
            if (node.hasInput(at)) {
                plain.addInput(bias(node, at));
            }
            at++;
        } else if (kind(node).equals("QLinearConv") && node.hasInput(at + 2)) {
            plain.addInput(bias(node, at + 2));
        }
        finish(node, plain, at);
    }

    /// `Y_scale, Y_zero_point`, then three inputs for each map.
    private void concat(OnnxNode node) {
        var plain = node("Concat", node);
        for (int i = 2; i < node.proto().getInputCount(); i += 3) {
            plain.addInput(real(node, i, 0));
        }
        finish(node, plain, 0);
    }

    /// Adds `plain`, and behind it the quantization whose scale is the input `scale` of `node`, if there is one.
    private void finish(OnnxNode node, NodeProto.Builder plain, int scale) {
        if (!node.hasInput(scale)) {
            rewritten.addNode(plain.addOutput(node.output()));
            return;
        }
        var result = fresh(node);
        rewritten.addNode(plain.addOutput(result));
        rewritten.addNode(NodeProto.newBuilder()
                .setOpType(OnnxQuantization.QUANTIZE)
                .addAllInput(List.of(result, node.input(scale), node.input(scale + 1)))
                .addOutput(node.output()));
    }

    private static NodeProto.Builder node(String kind, OnnxNode node) {
        var plain = NodeProto.newBuilder().setOpType(kind).setName(node.name());
        node.proto().getAttributeList().stream()
                .filter(attribute -> !OWN.contains(attribute.getName()))
                .forEach(plain::addAttribute);
        return plain;
    }

    /// The floats that the input at `position` stands for.
    private String real(OnnxNode node, int position, int axis) {
        return dequantized(
                node,
                List.of(node.input(position), node.input(position + 1), node.input(position + 2)),
                OnnxProtos.number("axis", axis));
    }

    private String dequantized(OnnxNode node, List<String> inputs, AttributeProto axis) {
        var result = fresh(node);
        rewritten.addNode(NodeProto.newBuilder()
                .setOpType(OnnxQuantization.DEQUANTIZE)
                .addAllInput(inputs)
                .addAttribute(axis)
                .addOutput(result));
        return result;
    }

    /// The bias at `position`: its scale is that of the input times that of the weights.
    private String bias(OnnxNode node, int position) {
        float input = scales(node, 1)[0];
        var products = scales(node, 4);
        for (int c = 0; c < products.length; c++) {
            products[c] *= input;
        }
        var name = fresh(node);
        rewritten.addInitializer(OnnxProtos.floats(name, products, List.of(products.length)));
        return dequantized(node, List.of(node.input(position), name), OnnxProtos.number("axis", 0));
    }

    private float[] scales(OnnxNode node, int position) {
        var constant = constants.get(node.input(position));
        if (constant == null) {
            throw node.odd("its scale \"" + node.input(position) + "\" is not a constant of the file");
        }
        var values = OnnxTensor.of(constant, data).floats().toArray();
        scalesLeft -= values.length;
        if (values.length == 0 || scalesLeft < 0) {
            throw node.odd(
                    "its scale \"" + node.input(position) + "\" has " + values.length + " values, too few or too many");
        }
        return values;
    }

    private String fresh(OnnxNode node) {
        return node.output() + "~" + made++;
    }
}
