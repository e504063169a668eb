package org.mobilenet4j.formats.onnx.read;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The short lists of integers that operators of an ONNX graph read, as constants or attributes: axes, sizes, pads.
final class OnnxSizes {
    private final OnnxGraph graph;

    OnnxSizes(OnnxGraph graph) {
        this.graph = graph;
    }

    /// Sizes as text: `1x3x4`.
    static String text(long[] sizes) {
        return LongStream.of(sizes).mapToObj(String::valueOf).collect(Collectors.joining("x"));
    }

    private long @Nullable [] find(String tensor) {
        var constant = graph.constant(tensor);
        return constant != null && constant.isWholes() ? constant.wholes() : null;
    }

    /// The integers at input `position` of `node`, or, in older versions, in its attribute `attribute`; null if it has
    /// neither.
    long @Nullable [] get(OnnxNode node, int position, String attribute) {
        if (!node.hasInput(position)) {
            return node.wholes(attribute);
        }
        var numbers = find(node.input(position));
        if (numbers == null) {
            throw node.odd("its " + attribute + " is computed in an unsupported way");
        }
        return numbers;
    }

    /// The same, if they are required.
    long[] need(OnnxNode node, int position, String attribute) {
        var numbers = get(node, position, attribute);
        if (numbers == null) {
            throw node.odd("it has no " + attribute);
        }
        return numbers;
    }

    /// `Constant`, of integers or floats.
    void readConstant(OnnxNode node) {
        var name = node.output();
        for (var attribute : node.proto().getAttributeList()) {
            var tensor = constant(attribute);
            if (tensor != null) {
                graph.addConstant(name, tensor);
                return;
            }
        }
        throw node.odd("it has neither a tensor nor numbers");
    }

    private static @Nullable TensorProto constant(AttributeProto attribute) {
        var tensor = TensorProto.newBuilder().setName(attribute.getName());
        return switch (attribute.getName()) {
            case "value" -> attribute.getT();
            case "value_int" ->
                tensor.setDataType(TensorProto.DataType.INT64_VALUE)
                        .addInt64Data(attribute.getI())
                        .build();
            case "value_ints" ->
                tensor.setDataType(TensorProto.DataType.INT64_VALUE)
                        .addDims(attribute.getIntsCount())
                        .addAllInt64Data(attribute.getIntsList())
                        .build();
            case "value_float" ->
                tensor.setDataType(TensorProto.DataType.FLOAT_VALUE)
                        .addFloatData(attribute.getF())
                        .build();
            case "value_floats" ->
                tensor.setDataType(TensorProto.DataType.FLOAT_VALUE)
                        .addDims(attribute.getFloatsCount())
                        .addAllFloatData(attribute.getFloatsList())
                        .build();
            default -> null;
        };
    }
}
