package org.mobilenet4j.formats.tfjs;

import java.util.Arrays;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.Arithmetic;
import org.mobilenet4j.formats.graph.Idiom;
import org.mobilenet4j.tensor.Tensor;

/// Reads elementwise arithmetic in a TensorFlow graph.
///
/// @param maps the feature maps so far
/// @param constants what is computed with
record GraphDefArithmetic(GraphDefMaps maps, GraphDefConstants constants) {
    /// Arithmetic of two feature maps, or of one and a constant.
    void read(GraphDefNode node) {
        var kind = Arithmetic.of(node.op()).orElseThrow();
        boolean isFirst = constants.has(node.input(0));
        if (!isFirst && !constants.has(node.input(1))) {
            switch (kind) {
                case ADD ->
                    maps.join(
                            node, Parallel.Join.ADD, node.inputs(), maps.names().first("add"));
                case MUL ->
                    maps.join(
                            node,
                            Parallel.Join.MULTIPLY,
                            node.inputs(),
                            maps.names().first("multiply"));
                default -> throw node.odd("it computes with two feature maps; one must be a constant");
            }
            return;
        }
        var map = node.input(isFirst ? 1 : 0);
        var from = maps.value(map);
        var constant = constants.get(node, isFirst ? 0 : 1);
        double[] values = constant.perChannel(from.shape().channels());
        if (values == null) {
            throw node.odd("its constant is " + Tensor.text(constant.dims())
                    + "; only one number, or one for each channel, is supported");
        }
        boolean clips = kind == Arithmetic.MIN || kind == Arithmetic.MAX;
        maps.append(node, map, clips ? "relu" : "scale", idiom(node, kind, values, isFirst));
    }

    void negate(GraphDefNode node) {
        var minus = new double[maps.inputOf(node).shape().channels()];
        Arrays.fill(minus, -1);
        maps.append(node, node.input(0), "scale", Arithmetic.MUL.with(minus, false));
    }

    /// The sum of any number of feature maps.
    void addAll(GraphDefNode node) {
        if (node.inputs().size() == 1) {
            maps.alias(node, node.input(0));
            return;
        }
        maps.join(node, Parallel.Join.ADD, node.inputs(), maps.names().first("add"));
    }

    private static Idiom idiom(GraphDefNode node, Arithmetic kind, double[] values, boolean isFirst) {
        try {
            return kind.with(values, isFirst);
        } catch (BadValueException e) {
            throw node.odd(String.valueOf(e.getMessage()));
        }
    }

    void clip(GraphDefNode node) {
        var least = constants.get(node, 1);
        var most = constants.get(node, 2);
        if (least.size() != 1 || most.size() != 1) {
            throw node.odd("it clips each channel at another value; only one for all is supported");
        }
        maps.append(node, node.input(0), "relu", new Idiom.Clip(least.get(0), most.get(0)));
    }
}
