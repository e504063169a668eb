package org.mobilenet4j.benchmarks.peers;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.mobilenet4j.compress.quantize.Photos;
import org.mobilenet4j.compress.quantize.PostTraining;
import org.mobilenet4j.compress.quantize.QuantizationOptions;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// A float model as `./mobilenet quantize` makes it INT8: with a scale for each output channel of a kernel.
final class QuantizedWorkload {
    /// Standard deviation of the logits: the likeliest of 1,000 classes then gets about a twelfth, which is 20 steps of
    /// a stored probability; among equal ones it would be stored as none.
    private static final double SPREAD = 2;

    private static final String DENSE = "conv_preds/";

    private QuantizedWorkload() {}

    /// @param model with random weights and a softmax at the end
    /// @param image one input, which also chooses the scales
    static Model quantized(Model model, float[] image) {
        var photos = Photos.of(List.of(image));
        return PostTraining.of(spread(model, image), photos, QuantizationOptions.DEFAULT)
                .quantized();
    }

    /// The model with its last kernel and bias multiplied so that the logits of `image` spread.
    private static Model spread(Model model, float[] image) {
        var options = new SessionOptions(1, SessionOptions.Kernels.AUTOMATIC);
        double factor = SPREAD / deviation(Session.open(model, options).run(image, 1));
        var tensors = new LinkedHashMap<>(model.weights().tensors());
        tensors.replaceAll((name, tensor) -> name.startsWith(DENSE) ? times(tensor, factor) : tensor);
        return new Model(model.network(), new Weights(tensors), model.labels(), model.preprocessing());
    }

    /// The standard deviation of the logits behind `probabilities`.
    private static double deviation(float[] probabilities) {
        double mean = Arrays.stream(logs(probabilities)).average().orElseThrow();
        return Math.sqrt(Arrays.stream(logs(probabilities))
                .map(log -> (log - mean) * (log - mean))
                .average()
                .orElseThrow());
    }

    private static double[] logs(float[] probabilities) {
        var logs = new double[probabilities.length];
        Arrays.setAll(logs, i -> Math.log(probabilities[i]));
        return logs;
    }

    private static Tensor times(Tensor tensor, double factor) {
        var values = tensor.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) factor;
        }
        return Tensor.of(
                values, tensor.dims().stream().mapToInt(Integer::intValue).toArray());
    }
}
