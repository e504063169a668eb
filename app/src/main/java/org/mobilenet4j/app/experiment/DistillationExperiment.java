package org.mobilenet4j.app.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mobilenet4j.app.experiment.conclusion.Conclusion;
import org.mobilenet4j.app.experiment.conclusion.Contrast;
import org.mobilenet4j.app.experiment.conclusion.Outcome;
import org.mobilenet4j.app.experiment.run.Arm;
import org.mobilenet4j.app.experiment.run.Scale;
import org.mobilenet4j.app.experiment.run.Teaching;
import org.mobilenet4j.arch.zoo.MobileNetV1.Variant;

/// The narrowest MobileNet alone, and taught by a better network.
///
/// @param teaching who teaches, and how
public record DistillationExperiment(Teaching teaching) implements Experiment {
    /// What it is called.
    public static final String ID = "distillation";

    private static final double ALPHA = 0.25;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "A small network alone, and taught by " + teaching.name();
    }

    @Override
    public List<Arm> arms(Scale scale) {
        var label = ALPHA + " MobileNet-" + scale.resolution();
        var alone = Arm.of(label, Variant.SEPARABLE, ALPHA, scale, Optional.empty());
        return List.of(alone, alone.taughtBy(teaching));
    }

    @Override
    public List<Conclusion> conclusions(List<Outcome> outcomes) {
        var gain = Contrast.difference(
                outcomes.getLast().spread(), outcomes.getFirst().spread());
        return List.of(new Conclusion(
                "A small network learns more from labels and a teacher than from labels alone.",
                gain.gains(),
                String.format(
                        Locale.ROOT,
                        "Taught by %s (%s): %s.",
                        teaching.name(),
                        teaching.model().network().name(),
                        gain.text()),
                "The gain's 95 % confidence interval lies above 0; the contrary: below 0."));
    }
}
