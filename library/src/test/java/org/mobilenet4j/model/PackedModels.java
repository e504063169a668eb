package org.mobilenet4j.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.tensor.Tensor;

/// Models whose weights repeat, for tests of the packed file.
public final class PackedModels {
    private PackedModels() {}

    /// A small MobileNet whose kernels have `values` different weights, and zeros in four of five
    /// places.
    public static Model clustered(int values) {
        var network = MobileNetV1.of(0.25, 32, 5).network();
        var tensors = new LinkedHashMap<String, Tensor>();
        Weights.random(network, 4).tensors().forEach((name, tensor) -> {
            float[] weights = tensor.toArray();
            for (int i = 0; name.endsWith("kernel") && i < weights.length; i++) {
                weights[i] = i % 5 > 0 ? 0 : Math.round(weights[i] * 1e6) % values / 16f;
            }
            tensors.put(
                    name,
                    Tensor.of(
                            weights,
                            tensor.dims().stream().mapToInt(Integer::intValue).toArray()));
        });
        return new Model(
                network,
                new Weights(tensors),
                List.of("a", "b", "c", "d", "e"),
                Preprocessing.TF_SLIM,
                Map.of("n", "1"));
    }
}
