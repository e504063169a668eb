package org.mobilenet4j.app.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mobilenet4j.app.experiment.conclusion.Conclusion;
import org.mobilenet4j.app.experiment.conclusion.NarrowConclusion;
import org.mobilenet4j.app.experiment.conclusion.Outcome;
import org.mobilenet4j.app.experiment.conclusion.ResolutionConclusions;
import org.mobilenet4j.app.experiment.conclusion.SeparableConclusion;
import org.mobilenet4j.app.experiment.conclusion.WidthConclusions;
import org.mobilenet4j.app.experiment.run.Arm;
import org.mobilenet4j.app.experiment.run.Arm.Published;
import org.mobilenet4j.app.experiment.run.Scale;
import org.mobilenet4j.arch.zoo.MobileNetV1.Variant;
import org.mobilenet4j.error.BadValueException;

/// A table of the paper (arXiv 1704.04861), and how it is run again.
public enum PaperExperiment implements Experiment {
    /// Table 4: full convolutions against separable ones.
    TABLE4("table4", "Full convolutions against depthwise separable ones") {
        @Override
        public List<Arm> arms(Scale scale) {
            return List.of(
                    body("Conv MobileNet", Variant.CONV, 1, scale, published(71.7, 4866)),
                    body("MobileNet", Variant.SEPARABLE, 1, scale, published(70.6, 569)));
        }

        @Override
        public List<Conclusion> conclusions(List<Outcome> outcomes) {
            return List.of(SeparableConclusion.of(outcomes.getFirst(), outcomes.getLast()));
        }
    },
    /// Table 5: narrow against shallow.
    TABLE5("table5", "A narrower network against a shallower one") {
        @Override
        public List<Arm> arms(Scale scale) {
            return List.of(
                    body("MobileNet", Variant.SEPARABLE, 0.75, scale, published(68.4, 325)),
                    body("Shallow MobileNet", Variant.SHALLOW, 1, scale, published(65.3, 307)));
        }

        @Override
        public List<Conclusion> conclusions(List<Outcome> outcomes) {
            return List.of(NarrowConclusion.of(outcomes.getFirst(), outcomes.getLast()));
        }
    },
    /// Table 6: the width multiplier.
    TABLE6("table6", "The width multiplier alpha") {
        @Override
        public List<Arm> arms(Scale scale) {
            return List.of(
                    mobileNet(1, scale, published(70.6, 569)),
                    mobileNet(0.75, scale, published(68.4, 325)),
                    mobileNet(0.5, scale, published(63.7, 149)),
                    mobileNet(0.25, scale, published(50.6, 41)));
        }

        @Override
        public List<Conclusion> conclusions(List<Outcome> outcomes) {
            return WidthConclusions.of(outcomes);
        }
    },
    /// Table 7: the resolution multiplier.
    TABLE7("table7", "The resolution multiplier rho") {
        @Override
        public List<Arm> arms(Scale scale) {
            return List.of(
                    mobileNet(1, scale, published(70.6, 569)),
                    mobileNet(1, scale.times(6), published(69.1, 418)),
                    mobileNet(1, scale.times(5), published(67.2, 290)),
                    mobileNet(1, scale.times(4), published(64.4, 186)));
        }

        @Override
        public List<Conclusion> conclusions(List<Outcome> outcomes) {
            return ResolutionConclusions.of(outcomes);
        }
    },
    /// Figures 4 and 5: every alpha with every rho.
    FIGURES("figures", "Every alpha with every rho") {
        @Override
        public List<Arm> arms(Scale scale) {
            var arms = new ArrayList<Arm>();
            for (var arm : TABLE6.arms(scale)) {
                arms.add(arm);
                for (int sevenths = 6; sevenths >= 4; sevenths--) {
                    arms.add(mobileNet(arm.alpha(), scale.times(sevenths), Optional.empty()));
                }
            }
            return arms;
        }

        @Override
        public List<Conclusion> conclusions(List<Outcome> outcomes) {
            return List.of();
        }
    };

    private final String id;
    private final String title;

    PaperExperiment(String id, String title) {
        this.id = id;
        this.title = title;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public boolean isOfMultipliers() {
        return this == TABLE6 || this == TABLE7 || this == FIGURES;
    }

    /// Whether its networks can all be narrowed alike; where alpha is what it varies, they cannot.
    boolean takesAlpha() {
        return this != TABLE6 && this != FIGURES;
    }

    /// The one called `id`.
    ///
    /// @throws IllegalArgumentException when there is none
    public static PaperExperiment named(String id) {
        for (var experiment : values()) {
            if (experiment.id.equals(id)) {
                return experiment;
            }
        }
        throw new BadValueException(
                "there is no experiment called " + id + "; the experiments are " + String.join(", ", allNames()));
    }

    /// What all experiments are called, those without a table of the paper last.
    public static List<String> allNames() {
        var names = new ArrayList<String>();
        for (var experiment : values()) {
            names.add(experiment.id);
        }
        names.addAll(List.of(TechniquesExperiment.ID, DistillationExperiment.ID, QuantizationExperiment.ID));
        return names;
    }

    private static Arm body(String title, Variant variant, double alpha, Scale scale, Optional<Published> published) {
        double here = alpha * scale.alpha();
        return Arm.of(here == 1 ? title : here + " " + title, variant, alpha, scale, published);
    }

    private static Arm mobileNet(double alpha, Scale scale, Optional<Published> published) {
        double here = alpha * scale.alpha();
        return Arm.of(here + " MobileNet-" + scale.resolution(), Variant.SEPARABLE, alpha, scale, published);
    }

    private static Optional<Published> published(double top1, int multAdds) {
        return Optional.of(new Published(top1, multAdds));
    }
}
