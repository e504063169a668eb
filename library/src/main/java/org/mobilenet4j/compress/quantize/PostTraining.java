package org.mobilenet4j.compress.quantize;

import java.util.LinkedHashMap;
import java.util.Optional;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// A model of floats made one of integers, without training.
///
/// @param floats what was rounded: the model with batch normalization folded, and equalized where that
///     was wanted
/// @param quantized the same in integers
public record PostTraining(Model floats, Model quantized) {
    /// Quantizes `model` as `options` say, with scales chosen by what it makes of `photos`.
    ///
    /// @throws IllegalArgumentException when the model cannot be quantized, saying why
    public static PostTraining of(Model model, Photos photos, QuantizationOptions options) {
        QuantizationSupport.requirePossible(model);
        var folded = FoldedModel.of(model);
        var floats = options.equalizes() ? Equalization.of(folded) : folded;
        var scheme = options.weights();
        var maps = Calibration.of(floats, photos).quantization(scheme.type(), options.ranges());
        var quantized = quantize(floats, maps, scheme);
        if (options.correctsBias()) {
            quantized = quantize(BiasCorrection.of(floats, quantized, photos), maps, scheme);
        }
        return new PostTraining(floats, quantized);
    }

    /// The quantized model: kernels and biases rounded, maps stored as `maps` says.
    ///
    /// @param model of floats, with batch normalization folded ([FoldedModel])
    /// @param maps the scales of its maps, of the scheme's type; see [Calibration#quantization]
    /// @throws IllegalArgumentException when scales are so far apart that no multiplier brings them to
    ///     each other, naming the layer
    public static Model quantize(Model model, NetworkQuantization maps, WeightScheme scheme) {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var node : model.network().nodes()) {
            if (LinearNode.is(node)) {
                var layer = new LinearNode(node);
                float input = maps.of(model.network(), node.inputs().getFirst()).scale();
                var bias = layer.bias(model);
                var kernel = WeightQuantizer.of(model.weights().get(layer.kernelName()), bias, input, scheme);
                tensors.put(layer.kernelName(), kernel);
                if (layer.hasBias()) {
                    var scales = kernel.quantization().orElseThrow();
                    tensors.put(layer.biasName(), WeightQuantizer.bias(bias, input, scales));
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
}
