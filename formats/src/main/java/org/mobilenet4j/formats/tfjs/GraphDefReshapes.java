package org.mobilenet4j.formats.tfjs;

import java.util.List;
import java.util.Objects;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.formats.graph.Constant;
import org.mobilenet4j.formats.graph.ConstantFolding;
import org.mobilenet4j.formats.graph.MapView;
import org.mobilenet4j.tensor.Shape;

/// Reads the nodes of a TensorFlow graph that give values other dimensions. Most of them produce no layer.
///
/// @param maps the feature maps so far
/// @param constants what shapes are made of
record GraphDefReshapes(GraphDefMaps maps, GraphDefConstants constants) {
    /// What changes only the dimensions of the tensor, or flattens it.
    void reshape(GraphDefNode node) {
        var from = maps.inputOf(node).shape();
        var to = target(node, Objects.requireNonNull(maps.dims(node.input(0))));
        if (MapView.isFlat(to, from) && from.pixels() > 1) {
            maps.put(
                    node,
                    maps.builder()
                            .append(maps.inputOf(node), new Flatten(maps.names().first("flatten"))),
                    2);
        } else if (MapView.shows(to, from)) {
            maps.view(node, node.input(0), to);
        } else if (maps.inputOf(node).id() == Node.INPUT
                && from.pixels() == 1
                && to.size() == 4
                && to.getFirst() == 1) {
            maps.put(node, maps.builder().reshapeInput(new Shape(to.get(1), to.get(2), to.get(3))), 4);
        } else {
            throw node.odd(
                    "it reshapes " + from + " to " + to + "; only flattening, and what changes nothing, is supported");
        }
    }

    private List<Integer> target(GraphDefNode node, List<Integer> from) {
        var ones = Constant.ofWholes(from, new double[from.stream().reduce(1, Math::multiplyExact)]);
        var folder = new ConstantFolding(0);
        return switch (node.op()) {
            case "Reshape" -> folder.reshape(ones, constants.integers(node, 1)).dims();
            case "ExpandDims" ->
                folder.unsqueeze(ones, constants.integers(node, 1)).dims();
            default ->
                folder.squeeze(ones, node.wholes("squeeze_dims", List.of())).dims();
        };
    }

    void transpose(GraphDefNode node) {
        var from = Objects.requireNonNull(maps.dims(node.input(0)));
        var permutation = constants.integers(node, 1);
        if (permutation.size() != from.size()
                || permutation.stream().distinct().anyMatch(axis -> axis < 0 || axis >= from.size())
                || !MapView.keepsOrder(from, permutation)) {
            throw node.odd("it moves values; only a transpose that changes nothing is supported");
        }
        maps.view(node, node.input(0), permutation.stream().map(from::get).toList());
    }
}
