package org.mobilenet4j.formats.onnx.read;

import java.util.Locale;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Nonlinearity.Curve;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.tensor.Tensor;

/// Reads the operators of an ONNX graph that are elementwise functions, other than ReLUs.
///
/// @param graph what was read so far
record OnnxCurves(OnnxGraph graph) {
    /// A function that ONNX has an operator for, whose `alpha` is `usual` where the operator does not give it.
    void nonlinearity(OnnxNode node, Curve function, double usual) {
        bend(node, function, function.hasAlpha() ? node.real("alpha", usual) : 0);
    }

    private void bend(OnnxNode node, Curve function, double alpha) {
        var map = graph.map(node, 0);
        var kind = function.name().toLowerCase(Locale.ROOT);
        put(node, map, new Nonlinearity(graph.nameBehind(node, map, "_" + kind, kind), function, alpha));
    }

    void hardSigmoid(OnnxNode node) {
        if (node.real("beta", 0.5) != 0.5) {
            throw node.odd("its beta is " + node.real("beta", 0.5) + "; only 0.5 is supported");
        }
        // The float nearest to a sixth, which PyTorch writes.
        double alpha = node.real("alpha", 0.2);
        bend(node, Curve.HARD_SIGMOID, (float) alpha == 1 / 6f ? 1 / 6.0 : alpha);
    }

    void gelu(OnnxNode node) {
        bend(node, node.text("approximate", "none").equals("tanh") ? Curve.GELU_TANH : Curve.GELU, 0);
    }

    void swish(OnnxNode node) {
        if (node.real("alpha", 1) != 1) {
            throw node.odd("its alpha is " + node.real("alpha", 1) + "; only 1 is supported");
        }
        bend(node, Curve.SILU, 0);
    }

    /// `PRelu` with a slope for each channel, or one for all, which is a leaky ReLU.
    void prelu(OnnxNode node) {
        var map = graph.map(node, 0);
        var slopes = graph.floats(node, 1);
        if (slopes.size() == 1) {
            bend(node, Curve.LEAKY_RELU, OnnxNode.decimal(slopes.get(0)));
            return;
        }
        if (!OnnxWeightedOperators.isPerChannel(slopes.dims(), map)) {
            throw node.odd("its slopes are " + Tensor.text(slopes.dims()) + ", and it computes with " + map
                    + "; only one slope, or one for each channel, is supported");
        }
        if (graph.isQuantized()) {
            throw node.odd("it computes with integers; quantize the float model with this program, which can");
        }
        var name = graph.nameBehind(node, map, "_prelu", "prelu");
        graph.kernels().addVector(name + "/alpha", slopes);
        put(node, map, new Prelu(name));
    }

    private void put(OnnxNode node, OnnxFeatureMap map, Layer layer) {
        graph.put(node.output(), map.with(graph.append(node, map, layer)));
    }
}
