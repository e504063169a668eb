package org.mobilenet4j.app.cli.classify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.mobilenet4j.app.cli.options.ClassNames;
import org.mobilenet4j.app.cli.options.OptionGroup;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.classify.Prediction;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.model.Model;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Options that say which of a photo's classes are printed.
@OptionGroup("Classes")
final class ShownClasses {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--top",
            paramLabel = "K",
            converter = PositiveNumber.class,
            description = "Number of classes to print, the likeliest first (default: 5).")
    private int top = 5;

    @Option(
            names = "--min-score",
            paramLabel = "P",
            description = "Print only classes of at least this probability, from 0 to 1 (default: 0).")
    private double minScore;

    @Option(
            names = "--labels-only",
            paramLabel = "LABEL,...",
            split = ",",
            hideParamSyntax = true,
            description =
                    "Print only these classes; their probabilities remain those among all (default: all classes).")
    private List<String> only = List.of();

    double minScore() {
        return minScore;
    }

    boolean areChosen() {
        return !only.isEmpty();
    }

    /// Whether the options make sense for `model`.
    ///
    /// @throws ParameterException if `--min-score` is out of range
    /// @throws IllegalArgumentException if the model has no class of a name in `--labels-only`
    void check(Model model) {
        if (!(minScore >= 0 && minScore <= 1)) {
            throw new ParameterException(
                    command.commandLine(), "--min-score takes a probability from 0 to 1, not " + minScore);
        }
        for (var wanted : only) {
            ClassNames.find(model, wanted, "--labels-only"); // throws if there is none
        }
    }

    /// The classes of `photo` that are to be printed, most probable first.
    List<Prediction> of(Classifier classifier, Image photo) {
        if (!areChosen() && minScore == 0) {
            return classifier.classify(photo, top);
        }
        var model = classifier.plan().model();
        var wanted = new HashSet<Integer>();
        for (var name : only) {
            wanted.addAll(ClassNames.find(model, name, "--labels-only"));
        }
        var shown = new ArrayList<Prediction>();
        for (var prediction : classifier.classify(photo, model.classes())) {
            boolean isWanted = wanted.isEmpty() || wanted.contains(prediction.index());
            if (isWanted && prediction.probability() >= (float) minScore && shown.size() < top) {
                shown.add(prediction);
            }
        }
        return shown;
    }
}
