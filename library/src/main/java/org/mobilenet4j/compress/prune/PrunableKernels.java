package org.mobilenet4j.compress.prune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.mobilenet4j.arch.Parameter.Role;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// A network's kernels in the flat parameter array of training, so that the same code prunes a model before and during
/// training.
final class PrunableKernels {
    private PrunableKernels() {}

    /// The positions of all kernels, in the network's order.
    static List<ParameterLayout.Place> of(ParameterLayout layout) {
        return layout.trainedPlaces().stream()
                .filter(place -> place.role() == Role.WEIGHT)
                .toList();
    }

    /// The kernels worth pruning: not the depthwise ones and not the first, which together have a hundredth of a
    /// MobileNet's weights (as in Zhu and Gupta, section 4.2).
    static List<ParameterLayout.Place> large(ParameterLayout layout) {
        var all = of(layout);
        var first = all.isEmpty() ? "" : all.getFirst().name();
        Predicate<ParameterLayout.Place> isLarge =
                place -> !place.isDepthwise() && !place.name().equals(first);
        return all.stream().filter(isLarge).toList();
    }

    /// All trainable values of `model`.
    static float[] values(Model model, ParameterLayout layout) {
        var values = new float[layout.trained()];
        for (var place : layout.trainedPlaces()) {
            model.weights().get(place.name()).copyTo(values, place.offset());
        }
        return values;
    }

    /// `model` with other trainable values.
    static Model with(Model model, ParameterLayout layout, float[] values) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(model.weights().tensors());
        for (var place : layout.trainedPlaces()) {
            var own = java.util.Arrays.copyOfRange(values, place.offset(), place.offset() + place.size());
            int[] dims = place.dims().stream().mapToInt(Integer::intValue).toArray();
            tensors.put(place.name(), Tensor.of(own, dims));
        }
        return model.withNetwork(model.network(), new Weights(tensors));
    }
}
