package org.mobilenet4j.app.cli.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.PhotoOptions;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.cost.LayerCost;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.OutputMeaning;
import org.mobilenet4j.tensor.Shape;

/// The report of `inspect` about a model.
///
/// @param fileBytes length of the file
/// @param network the network's name
/// @param input rows, columns, channels of its input
/// @param output the same of its output
/// @param stored quantization of the input, in a quantized network
/// @param outputs what the output means: `probabilities`, `logits`, `sigmoids`, ...
/// @param outputsReason how that is known
/// @param classes number of classes that it tells apart; 0 for features
/// @param labels number of class names in the model
/// @param labelNames the first of them
/// @param parameters number of trainable values
/// @param multAdds of one image
/// @param peakActivationBytes the least memory that activations need, as `cost` counts it, in the plan's numbers
/// @param plannedActivationBytes the memory that this model's plan allocates for activations
/// @param preprocessing how a photo becomes the network's input
/// @param assumed what the file does not say and had to be assumed, by key
/// @param notes the model's origin and training, by key
/// @param layers all layers, in order of execution
/// @param tensors all weights, in order of use
record Inspection(
        String file,
        long fileBytes,
        String network,
        List<Integer> input,
        List<Integer> output,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ActivationQuantization stored,
        String outputs,
        String outputsReason,
        int classes,
        int labels,
        List<String> labelNames,
        long parameters,
        long multAdds,
        long peakActivationBytes,
        long plannedActivationBytes,
        PreprocessingSummary preprocessing,
        Map<String, String> assumed,
        Map<String, String> notes,
        List<LayerSummary> layers,
        List<TensorSummary> tensors) {
    private static final int FIRST_LABELS = 5;

    /// One layer. `parameters` counts trainable values; `stored` is the quantization of the output, in a quantized
    /// network.
    record LayerSummary(
            String name,
            String kind,
            List<Integer> input,
            List<Integer> output,
            long multAdds,
            long parameters,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ActivationQuantization stored) {
        static LayerSummary of(LayerCost layer, Model model) {
            return new LayerSummary(
                    layer.name(),
                    layer.kind().label(),
                    dims(layer.input()),
                    dims(layer.output()),
                    layer.multAdds(),
                    layer.parameters().trainable(),
                    model.quantization()
                            .map(maps -> maps.layers().get(layer.name()))
                            .orElse(null));
        }
    }

    /// How a photo becomes the network's input; `text` is in words, on the scale of the options.
    record PreprocessingSummary(
            double crop, String resize, @JsonProperty Normalization normalization, String channels, String text) {}

    static Inspection of(Model model, String file, long fileBytes) {
        var cost = Cost.of(model.network());
        var plan = Plan.of(model);
        var preprocessing = model.preprocessing();
        var meaning = OutputMeaning.of(model);
        return new Inspection(
                file,
                fileBytes,
                model.network().name(),
                dims(model.network().input()),
                dims(model.network().output()),
                model.quantization().map(NetworkQuantization::input).orElse(null),
                meaning.outputs().toString(),
                meaning.reason(),
                model.outputs().areClasses() ? model.classes() : 0,
                model.labels().size(),
                model.labels().subList(0, Math.min(FIRST_LABELS, model.labels().size())),
                cost.parameters().trainable(),
                cost.multAdds(),
                cost.memory().peakBytes() / Float.BYTES * plan.valueBytes(),
                plan.peakActivationBytes(),
                new PreprocessingSummary(
                        preprocessing.crop(),
                        preprocessing.resize().toString(),
                        preprocessing.normalization(),
                        preprocessing.channels().toString(),
                        PhotoOptions.describe(preprocessing)),
                model.assumptions(),
                new TreeMap<>(model.notes()),
                cost.layers().stream()
                        .map(layer -> LayerSummary.of(layer, model))
                        .toList(),
                model.weights().tensors().entrySet().stream()
                        .map(entry -> TensorSummary.of(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static List<Integer> dims(Shape shape) {
        return List.of(shape.height(), shape.width(), shape.channels());
    }
}
