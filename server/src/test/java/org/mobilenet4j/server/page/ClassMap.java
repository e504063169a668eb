package org.mobilenet4j.server.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.image.Crop;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.infer.PhotoRunner;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;

/// The activation maps of a network that ends in pooling and one layer: each of the last feature maps, weighted as that
/// layer weights its average.
final class ClassMap {
    private final Model model;
    private final PhotoRunner features;
    private final float[] weights;

    ClassMap(Model model) {
        this.model = model;
        var layers = new ArrayList<>(flat(model.network().body()));
        while (!(layers.removeLast() instanceof GlobalAveragePool)) {
            // What comes behind the pooling.
        }
        var network = new Network("features", model.network().input(), new Sequence("body", layers));
        var body = new Model(
                network,
                model.weights().only(network),
                List.of(),
                model.preprocessing(),
                Map.of(),
                Optional.empty(),
                Outputs.FEATURES);
        this.features = new PhotoRunner(Plan.of(body, SessionOptions.DEFAULT), 1);
        this.weights = model.weights().get(head() + "/kernel").toArray();
    }

    private String head() {
        return model.network().nodes().stream()
                .filter(node -> node.layer() instanceof Dense || node.output().pixels() == 1)
                .map(node -> node.name())
                .filter(name -> model.weights().tensors().containsKey(name + "/kernel"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Layer> flat(Layer layer) {
        return layer instanceof Sequence sequence
                ? sequence.layers().stream()
                        .flatMap(each -> flat(each).stream())
                        .toList()
                : List.of(layer);
    }

    /// The map of class `index` and where on the photo it lies, as the page expects it.
    Map<String, Object> of(Image photo, int index) {
        var shape = features.plan().outputShape();
        var values = features.run(photo);
        var map = new double[shape.pixels()];
        int channels = shape.channels();
        int classes = weights.length / channels;
        for (int pixel = 0; pixel < map.length; pixel++) {
            for (int c = 0; c < channels; c++) {
                map[pixel] += values[pixel * channels + c] * weights[c * classes + index];
            }
        }
        var seen = Objects.requireNonNull(Crop.seen(photo, model.preprocessing()));
        var region = List.of(
                (double) seen.top() / photo.height(),
                (double) seen.left() / photo.width(),
                (double) (seen.top() + seen.height()) / photo.height(),
                (double) (seen.left() + seen.width()) / photo.width());
        return Map.of("height", shape.height(), "width", shape.width(), "values", map, "region", region);
    }
}
