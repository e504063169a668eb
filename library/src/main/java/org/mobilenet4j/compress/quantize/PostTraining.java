package org.mobilenet4j.compress.quantize;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// The result of post-training quantization.
///
/// @param floats the float model before rounding: with batch normalization folded, and equalized if requested
/// @param quantized the quantized model
public record PostTraining(Model floats, Model quantized) {
    public PostTraining {
        Objects.requireNonNull(floats, "floats");
        Objects.requireNonNull(quantized, "quantized");
    }

    /// Quantizes `model` by `options`, with scales calibrated on `photos`.
    ///
    /// @throws IllegalArgumentException when the model cannot be quantized, giving the reason
    public static PostTraining of(Model model, Photos photos, QuantizationOptions options) {
        QuantizationSupport.requirePossible(model);
        var folded = SplitPrelus.of(FoldedModel.of(model));
        var floats = options.equalizes() ? Equalization.of(folded) : folded;
        var scheme = options.weights();
        var maps = Calibration.of(floats, photos).quantization(scheme.type(), options.ranges());
        var quantized = quantize(floats, maps, scheme);
        if (options.correctsBias()) {
            quantized = quantize(BiasCorrection.of(floats, quantized, photos), maps, scheme);
        }
        return new PostTraining(floats, quantized);
    }

    /// The quantized model, with kernels and biases rounded and activations quantized by `maps`.
    ///
    /// @param model a float model with batch normalization folded ([FoldedModel])
    /// @param maps the quantization of its activations, of the scheme's type; see [Calibration#quantization]
    /// @throws IllegalArgumentException naming the layer, when scales are too far apart for a fixed-point
    /// multiplier
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
                Optional.of(maps),
                model.outputs(),
                model.boxes());
    }
}
