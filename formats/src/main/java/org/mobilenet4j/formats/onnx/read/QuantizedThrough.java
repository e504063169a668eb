package org.mobilenet4j.formats.onnx.read;

import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.HashSet;
import java.util.Set;

/// Whether a graph with quantized operators computes with integers from end to end.
final class QuantizedThrough {
    /// Float layers with weights. Others may follow a quantized network, as a softmax does.
    private static final Set<String> LINEAR = Set.of("Conv", "Gemm", "MatMul");

    private QuantizedThrough() {}

    /// Whether `graph` has a float layer with weights whose input is no map that was quantized just before. Operators
    /// that only move values are looked through.
    static boolean isMixed(GraphProto graph) {
        var quantized = new HashSet<String>();
        for (var node : graph.getNodeList()) {
            boolean isLinear = LINEAR.contains(node.getOpType());
            if (isLinear && node.getInputCount() > 0 && !quantized.contains(node.getInput(0))) {
                return true;
            }
            boolean moves = OnnxQuantization.MOVING.contains(node.getOpType())
                    && node.getInputCount() > 0
                    && quantized.contains(node.getInput(0));
            if (moves || node.getOpType().equals(OnnxQuantization.DEQUANTIZE)) {
                quantized.addAll(node.getOutputList());
            }
        }
        return false;
    }
}
