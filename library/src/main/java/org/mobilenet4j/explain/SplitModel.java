package org.mobilenet4j.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// A classifier in two parts: up to its last feature map of more than one pixel, and what decides by that map.
///
/// @param maps the first part; its output is the feature map
/// @param head the second part, in floats, without batch normalization and dropout
record SplitModel(Model maps, Model head) {
    /// @throws BadValueException if no layer but the input has more than one pixel
    static SplitModel of(Model model) {
        var network = model.network();
        var layers = new ArrayList<Layer>();
        flatten(network.body(), layers);
        int end = 0;
        var shape = network.input();
        var split = shape;
        for (int i = 0; i < layers.size(); i++) {
            shape = layers.get(i).outputShape(shape);
            if (shape.pixels() > 1) {
                end = i + 1;
                split = shape;
            }
        }
        if (end == 0 || end == layers.size()) {
            throw new BadValueException("the network " + network.name()
                    + " has no feature map before its classes, so nothing tells where it sees them; take a convolutional"
                    + " classifier");
        }
        return new SplitModel(
                first(model, new Network(network.name() + "-maps", network.input(), sequence(layers.subList(0, end)))),
                last(model, split, sequence(layers.subList(end, layers.size()))));
    }

    private static void flatten(Layer layer, List<Layer> layers) {
        if (layer instanceof Sequence sequence) {
            sequence.layers().forEach(inner -> flatten(inner, layers));
        } else {
            layers.add(layer);
        }
    }

    private static Sequence sequence(List<Layer> layers) {
        return new Sequence("", layers);
    }

    private static Model first(Model model, Network body) {
        return new Model(
                body,
                model.weights().only(body),
                List.of(),
                model.preprocessing(),
                model.notes(),
                model.quantization().map(scales -> only(scales, body)),
                Outputs.FEATURES);
    }

    private static NetworkQuantization only(NetworkQuantization scales, Network body) {
        var left = new LinkedHashMap<String, ActivationQuantization>();
        for (var node : body.nodes()) {
            Optional.ofNullable(scales.layers().get(node.name())).ifPresent(scale -> left.put(node.name(), scale));
        }
        return new NetworkQuantization(scales.input(), left);
    }

    private static Model last(Model model, Shape input, Sequence layers) {
        var network = new Network(model.network().name() + "-head", input, layers);
        var floats = new LinkedHashMap<String, Tensor>();
        for (var name : network.parameters().keySet()) {
            var tensor = model.weights().get(name);
            floats.put(
                    name,
                    Tensor.of(
                            tensor.toArray(),
                            tensor.dims().stream().mapToInt(Integer::intValue).toArray()));
        }
        return FoldedModel.of(new Model(
                network,
                new Weights(floats),
                model.labels(),
                model.preprocessing(),
                model.notes(),
                Optional.empty(),
                model.outputs()));
    }
}
