package org.mobilenet4j.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.error.BadValueException;

/// What a classifier computes before it decides: the network without its last dense layer or convolution and what
/// follows it.
public final class FeatureExtractor {
    private static final String POOLING = "feature_pool";

    private FeatureExtractor() {}

    /// `model` up to the features that its last layer with weights reads, as one vector for each photo: feature maps
    /// are averaged over their pixels.
    ///
    /// @throws IllegalArgumentException if the network does not end in a dense layer or a convolution
    public static Model of(Model model) {
        var body = network(model.network());
        var pooled = body.output().pixels() == 1 ? body : withPooling(body);
        return new Model(
                pooled,
                model.weights().only(pooled),
                List.of(),
                model.preprocessing(),
                model.notes(),
                model.quantization().map(scales -> only(scales, body, pooled)),
                Outputs.FEATURES);
    }

    /// `network` without its last dense layer or convolution and what follows it.
    ///
    /// @throws IllegalArgumentException if the last layer with weights is neither
    public static Network network(Network network) {
        return new Network(network.name() + "-body", network.input(), withoutHead(network.body(), network.name()));
    }

    private static Layer withoutHead(Layer layer, String name) {
        if (layer instanceof Sequence sequence) {
            var layers = new ArrayList<>(sequence.layers());
            while (!layers.isEmpty()) {
                var last = layers.removeLast();
                if (isHead(last)) {
                    return new Sequence(sequence.name(), layers);
                }
                if (holdsHead(last)) {
                    layers.add(withoutHead(last, name));
                    return new Sequence(sequence.name(), layers);
                }
            }
        }
        throw new BadValueException("the network " + name
                + " does not end in a dense layer or a convolution, so it has no features before its last layer");
    }

    private static boolean isHead(Layer layer) {
        return layer instanceof Dense || layer instanceof Conv;
    }

    private static boolean holdsHead(Layer layer) {
        return layer instanceof Sequence sequence
                ? sequence.layers().stream().anyMatch(FeatureExtractor::holdsHead)
                : isHead(layer);
    }

    private static Network withPooling(Network body) {
        return new Network(
                body.name(),
                body.input(),
                new Sequence(body.body().name(), List.of(body.body(), new GlobalAveragePool(POOLING))));
    }

    /// The scales of the layers that are left. An average has the scale of what it averages.
    private static NetworkQuantization only(NetworkQuantization scales, Network body, Network pooled) {
        var left = new LinkedHashMap<String, ActivationQuantization>();
        for (var node : body.nodes()) {
            Optional.ofNullable(scales.layers().get(node.name())).ifPresent(scale -> left.put(node.name(), scale));
        }
        var kept = new NetworkQuantization(scales.input(), left);
        if (pooled.nodes().size() > body.nodes().size()) {
            left.put(POOLING, kept.of(body, body.nodes().getLast()));
        }
        return new NetworkQuantization(scales.input(), left);
    }
}
