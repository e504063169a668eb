package org.mobilenet4j.compress.quantize;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Trait;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.infer.LayerOutputs;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.tensor.ElementType;

/// Observes the activations of a model on photos, and derives their scales.
///
/// The model is a float model with batch normalization folded ([org.mobilenet4j.model.FoldedModel]). Activations that
/// must share a scale ([ActivationGroups]) share a distribution. The network's input covers the range that
/// preprocessing can produce, whatever the photos show; probabilities are quantized as in TFLite, in steps of 1/256
/// from 0.
public final class Calibration {
    private static final float PROBABILITY_STEP = 1 / 256f;

    private final Model model;
    private final ActivationGroups groups;
    /// Distributions by group.
    private final Map<Integer, Distribution> values = new HashMap<>();

    private Calibration(Model model) {
        this.model = model;
        this.groups = new ActivationGroups(model.network(), model.boxes().isPresent());
    }

    /// Runs `model` over `photos`.
    ///
    /// @throws IllegalArgumentException naming the layer, when the model cannot be quantized or an activation is
    ///     not finite
    public static Calibration of(Model model, Photos photos) {
        QuantizationSupport.requirePossible(model);
        var calibration = new Calibration(model);
        var outputs = LayerOutputs.of(model);
        photos.forEach(photo -> outputs.run(photo, calibration::see));
        return calibration;
    }

    private void see(Node node, float[] map) {
        if (!groups.isMeasured(node)) {
            return;
        }
        try {
            values.computeIfAbsent(groups.group(node.id()), _ -> new Distribution())
                    .add(map);
        } catch (BadValueException e) {
            throw new BadValueException(
                    "the layer " + node.name() + " of the network "
                            + model.network().name() + " overflows: " + e.getMessage(),
                    e);
        }
    }

    /// The quantization of all activations, with ranges by `choice`.
    ///
    /// @param type the type of the activations, INT8 or UINT8
    public NetworkQuantization quantization(ElementType type, RangeChoice choice) {
        var byGroup = new HashMap<Integer, ActivationQuantization>();
        var layers = new LinkedHashMap<String, ActivationQuantization>();
        for (var node : groups.named()) {
            layers.put(
                    node.name(),
                    byGroup.computeIfAbsent(groups.group(node.id()), group -> stored(group, type, choice)));
        }
        int input = groups.group(Node.INPUT);
        return new NetworkQuantization(
                Objects.requireNonNullElseGet(byGroup.get(input), () -> stored(input, type, choice)), layers);
    }

    private ActivationQuantization stored(int group, ElementType type, RangeChoice choice) {
        var seen = values.get(group);
        boolean isInput = group == groups.group(Node.INPUT);
        var probabilities = model.network().nodes().stream()
                .filter(node -> groups.group(node.id()) == group && node.layer().is(Trait.PROBABILITIES))
                .findFirst();
        if (probabilities.isPresent()) {
            if (seen != null || isInput) {
                throw QuantizationSupport.cannot(
                        model.network(),
                        probabilities.get(),
                        "its probabilities must share a scale with other activations");
            }
            return new ActivationQuantization(type, PROBABILITY_STEP, type.least());
        }
        var range = seen == null ? new Range(0, 0) : choice.of(seen);
        return (isInput ? range.union(inputRange()) : range).stored(type);
    }

    /// The range between normalized black and white.
    private Range inputRange() {
        Normalization numbers = model.preprocessing().normalization();
        var range = new Range(0, 0);
        for (int c = 0; c < numbers.mean().size(); c++) {
            float mean = numbers.mean().get(c);
            float deviation = numbers.std().get(c);
            range = range.union(Range.of((0 - mean) / deviation, (1 - mean) / deviation));
        }
        return range;
    }

    /// Such as `Calibration[Model[...]]`.
    @Override
    public String toString() {
        return "Calibration[" + model + "]";
    }
}
