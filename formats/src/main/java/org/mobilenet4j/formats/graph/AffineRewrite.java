package org.mobilenet4j.formats.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.LinearLayer;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.tensor.Tensor;

/// Makes one step of arithmetic with constants, operator by operator, and that step a layer: what scales the input is
/// preprocessing, what is added to a layer without a bias is its bias, and all else a batch normalization.
final class AffineRewrite {
    private AffineRewrite() {}

    /// Moves what operation `id` computes, and the one before it, into one step.
    static void join(GraphEditor graph, int id) {
        var node = graph.node(id);
        int before = graph.before(id);
        if (before > Node.INPUT
                && node.idiom() instanceof Idiom.Affine affine
                && graph.node(before).idiom() instanceof Idiom.Affine earlier) {
            graph.set(before, graph.node(before).withIdiom(null));
            graph.set(id, node.withIdiom(affine.after(earlier)));
        }
    }

    /// Makes a layer of what operation `id` computes.
    ///
    /// @param scaling takes what is done to the input
    static void lower(GraphEditor graph, int id, InputScaling scaling) {
        var node = graph.node(id);
        if (!(node.idiom() instanceof Idiom.Affine affine)) {
            return;
        }
        int before = graph.before(id);
        if (affine.isIdentity()) {
            graph.set(id, node.withIdiom(null));
        } else if (before == Node.INPUT && scaling.takes(affine)) {
            scaling.then(affine);
            graph.set(id, node.withIdiom(null));
        } else if (affine.isShift() && before > Node.INPUT && isUnbiased(graph.node(before))) {
            graph.set(before, biased(graph, graph.node(before), affine.offset()));
            graph.set(id, node.withIdiom(null));
        } else {
            var norm = new BatchNorm(node.name());
            var ones = new double[affine.scale().size()];
            Arrays.fill(ones, 1);
            double deviation = Math.sqrt(1 + norm.epsilon());
            var gamma = affine.scale().stream().mapToDouble(scale -> scale * deviation);
            graph.weight(node.name(), "gamma", floats(gamma.toArray()));
            graph.weight(node.name(), "beta", floats(numbers(affine.offset())));
            graph.weight(node.name(), "moving_mean", floats(new double[ones.length]));
            graph.weight(node.name(), "moving_variance", floats(ones));
            graph.set(id, GraphNode.of(node.name(), node.inputs().getFirst(), norm));
        }
    }

    private static boolean isUnbiased(GraphNode node) {
        return !node.layers().isEmpty() && node.layers().getLast() instanceof LinearLayer linear && !linear.bias();
    }

    private static GraphNode biased(GraphEditor graph, GraphNode node, List<Double> bias) {
        var layers = new ArrayList<>(node.layers());
        var linear = ((LinearLayer) layers.removeLast()).withBias();
        layers.add(linear);
        graph.weight(linear.name(), "bias", floats(numbers(bias)));
        return node.withLayers(layers);
    }

    private static double[] numbers(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Tensor floats(double[] values) {
        return Constant.ofReals(List.of(values.length), values).floats();
    }
}
