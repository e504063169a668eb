package org.mobilenet4j.compress.quantize;

import java.util.Map;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// Corrects the mean error that rounded weights cause in each channel (Nagel et al., arXiv 1906.04721, section 4.2,
/// with photos): `bias' = bias + E[W x] - E[Q(W) x']`, where `x` are the layer's inputs in the float model, and `x'`
/// those after the previous layers were rounded and corrected.
///
/// Layers are corrected in order, since each correction changes the inputs of the next ones. Activations are not
/// rounded here: their errors average out. Layers without a bias stay as they are.
final class BiasCorrection {
    /// Enough for means over many pixels; the whole network runs once for each layer.
    private static final int MOST_PHOTOS = 64;

    private BiasCorrection() {}

    /// `floats` with corrected biases.
    ///
    /// @param quantized the same model with rounded kernels
    /// @param seen photos, the first of which are run
    static Model of(Model floats, Model quantized, Photos seen) {
        var photos = seen.first(MOST_PHOTOS);
        var wanted = MeasuredMeans.of(floats, photos);
        var corrected = floats.weights().tensors();
        var rounded = quantized.weights().tensors();
        for (var node : floats.network().nodes()) {
            if (LinearNode.is(node) && new LinearNode(node).hasBias()) {
                var layer = new LinearNode(node);
                rounded.put(layer.biasName(), floats.weights().get(layer.biasName()));
            }
        }
        rounded.replaceAll((_, tensor) -> real(tensor));
        for (var node : floats.network().nodes()) {
            if (LinearNode.is(node) && new LinearNode(node).hasBias()) {
                var layer = new LinearNode(node);
                var target = wanted.of(node.name());
                var mean = MeasuredMeans.of(with(floats, rounded), photos, node).of(node.name());
                var bias = layer.bias(floats);
                for (int c = 0; c < bias.length; c++) {
                    bias[c] += (float) (target[c] - mean[c]);
                }
                var tensor = Tensor.of(bias, bias.length);
                rounded.put(layer.biasName(), tensor);
                corrected.put(layer.biasName(), tensor);
            }
        }
        return with(floats, corrected);
    }

    /// Dequantizes a tensor.
    static Tensor real(Tensor tensor) {
        return Tensor.of(
                tensor.toArray(),
                tensor.dims().stream().mapToInt(Integer::intValue).toArray());
    }

    /// `model` with other float weights.
    static Model with(Model model, Map<String, Tensor> tensors) {
        return model.withNetwork(model.network(), new Weights(tensors));
    }
}
