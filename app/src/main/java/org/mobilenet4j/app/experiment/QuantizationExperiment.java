package org.mobilenet4j.app.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mobilenet4j.app.experiment.conclusion.Conclusion;
import org.mobilenet4j.app.experiment.conclusion.Outcome;
import org.mobilenet4j.app.experiment.conclusion.QuantizationConclusions;
import org.mobilenet4j.app.experiment.run.Arm;
import org.mobilenet4j.app.experiment.run.Scale;
import org.mobilenet4j.app.experiment.table.QuantizationCsv;
import org.mobilenet4j.app.experiment.table.QuantizationLine;
import org.mobilenet4j.arch.zoo.MobileNetV1.Variant;
import org.mobilenet4j.compress.quantize.WeightScheme;
import org.mobilenet4j.train.Recipe;

/// The cost of int8 quantization of a MobileNet: per tensor and per channel, post-training and after a second, short
/// quantization-aware training.
public record QuantizationExperiment() implements Experiment {
    /// Its name.
    public static final String ID = "quantization";

    /// Also in table 6, so that its float network is trained only once.
    private static final double ALPHA = 0.5;

    private static final Recipe TRAINING = Recipe.QUANTIZATION.withEpochs(2);

    private static final List<WeightScheme> SCHEMES = List.of(WeightScheme.PER_TENSOR, WeightScheme.PER_CHANNEL);

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Floats, and 8-bit integers made of them";
    }

    @Override
    public List<Arm> arms(Scale scale) {
        var label = ALPHA + " MobileNet-" + scale.resolution();
        return arms(Arm.of(label, Variant.SEPARABLE, ALPHA, scale, Optional.empty()), TRAINING);
    }

    /// The float network first, as the others are quantized from it.
    static List<Arm> arms(Arm floats, Recipe training) {
        var arms = new ArrayList<>(List.of(floats));
        for (var how : List.of(Optional.<Recipe>empty(), Optional.of(training))) {
            SCHEMES.forEach(scheme -> arms.add(floats.rounded(scheme, how)));
        }
        return arms;
    }

    @Override
    public List<Conclusion> conclusions(List<Outcome> outcomes) {
        return QuantizationConclusions.of(
                outcomes.getFirst(), outcomes.get(1), outcomes.get(2), outcomes.get(3), outcomes.get(4));
    }

    @Override
    public String csv(Scale scale, List<Outcome> outcomes) {
        return QuantizationCsv.of(QuantizationLine.of(outcomes));
    }
}
