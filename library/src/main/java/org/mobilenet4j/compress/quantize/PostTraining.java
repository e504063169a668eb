package org.mobilenet4j.compress.quantize;

import java.util.LinkedHashMap;
import java.util.Optional;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// A model of floats as one of whole numbers.
public final class PostTraining {
    private PostTraining() {}

    /// The quantised model: kernels and biases rounded, maps stored as `maps` says.
    ///
    /// @param model of floats, with batch normalisation folded ([FoldedModel])
    /// @param maps the scales of its maps, of the scheme's type; see [Calibration#quantization]
    /// @throws IllegalArgumentException when scales are so far apart that no multiplier brings them to
    ///     each other, naming the layer
    public static Model quantize(Model model, NetworkQuantization maps, WeightScheme scheme) {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var node : model.network().nodes()) {
            if (isLinear(node)) {
                float input = maps.of(model.network(), node.inputs().getFirst()).scale();
                var name = kernelName(node);
                var bias = bias(model, node);
                var kernel = StoredKernel.of(model.weights().get(name), bias, input, scheme);
                tensors.put(name, kernel);
                if (hasBias(node)) {
                    tensors.put(
                            biasName(node),
                            StoredKernel.bias(bias, input, kernel.quantization().orElseThrow()));
                }
            }
        }
        return new Model(
                model.network(),
                new Weights(tensors),
                model.labels(),
                model.preprocessing(),
                model.notes(),
                Optional.of(maps));
    }

    /// Whether `node` has a kernel.
    static boolean isLinear(Node node) {
        return node.layer() instanceof Conv || node.layer() instanceof DepthwiseConv || node.layer() instanceof Dense;
    }

    static String kernelName(Node node) {
        return node.name() + "/" + node.parameters().getFirst().name();
    }

    static boolean hasBias(Node node) {
        return node.parameters().size() > 1;
    }

    static String biasName(Node node) {
        return node.name() + "/bias";
    }

    /// The bias of `node`, zeros where it has none.
    static float[] bias(Model model, Node node) {
        return hasBias(node)
                ? model.weights().get(biasName(node)).toArray()
                : new float[node.output().channels()];
    }
}
