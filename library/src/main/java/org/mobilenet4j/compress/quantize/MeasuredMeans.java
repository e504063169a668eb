package org.mobilenet4j.compress.quantize;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.infer.LayerOutputs;
import org.mobilenet4j.model.Model;

/// The mean of each channel of layers' outputs, over all pixels of some photos.
final class MeasuredMeans {
    private final Map<String, double[]> sums = new HashMap<>();
    private final Map<String, Long> pixels = new HashMap<>();

    private MeasuredMeans() {}

    /// The means of all layers of `model` that have a kernel, before activations.
    static MeasuredMeans of(Model model, Photos photos) {
        var means = new MeasuredMeans();
        var outputs = LayerOutputs.of(model);
        photos.forEach(photo -> outputs.run(photo, (node, map) -> {
            if (LinearNode.is(node)) {
                means.add(node, map);
            }
        }));
        return means;
    }

    /// The means of the layer `last` alone, without running the layers after it.
    static MeasuredMeans of(Model model, Photos photos, Node last) {
        var means = new MeasuredMeans();
        var outputs = LayerOutputs.of(model);
        photos.forEach(photo -> outputs.runTo(last.name(), photo, (node, map) -> {
            if (node.id() == last.id()) {
                means.add(node, map);
            }
        }));
        return means;
    }

    private void add(Node node, float[] map) {
        int channels = node.output().channels();
        var sum = sums.computeIfAbsent(node.name(), _ -> new double[channels]);
        for (int i = 0; i < map.length; i++) {
            sum[i % channels] += map[i];
        }
        pixels.merge(node.name(), (long) node.output().pixels(), Long::sum);
    }

    /// The means of the layer called `name`, one for each channel.
    double[] of(String name) {
        var sum = sums.get(name);
        if (sum == null) {
            throw new BadValueException("the layer " + name + " was not measured");
        }
        long count = pixels.getOrDefault(name, 1L);
        return Arrays.stream(sum).map(value -> value / count).toArray();
    }
}
