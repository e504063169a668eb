package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.NetworkOptions;
import org.mobilenet4j.app.cli.options.OptionGroup;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.data.augment.BoxAugmentation;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.detect.train.DetectionLoss;
import org.mobilenet4j.detect.train.ScoreLoss;
import org.mobilenet4j.detect.train.StartingDetector;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.fit.DetectorTraining;
import org.mobilenet4j.formats.dataset.boxes.AnnotationFiles;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.ValidationSchedule;
import picocli.CommandLine.Option;

/// Options of training a detector.
@OptionGroup("Detectors (--task detect)")
public final class DetectorOptions {
    private static final String NETWORK = "ssd-mobilenet-v1";

    /// Options of `train` that do not apply.
    private static final List<String> OTHERS = List.of(
            "--teacher",
            "--head-only",
            "--only",
            "--balanced",
            "--freeze",
            "--body-rate",
            "--per-class",
            "--profile",
            "--no-sweep",
            "--mixup",
            "--cutmix",
            "--erasing");

    @Option(
            names = "--loss",
            paramLabel = "focal|mined|softmax",
            description = "The loss of class scores: focal, sigmoids of the hardest anchors, or a softmax of them"
                    + " (default: focal).")
    private String loss = "focal";

    @Option(
            names = "--mosaic",
            paramLabel = "P",
            description = "Probability that four photos exchange quarters (default: 0).")
    private double mosaic;

    @Option(
            names = "--upside-down",
            paramLabel = "P",
            description = "Probability of a vertical flip, for photos that have no up and down (default: 0).")
    private double upsideDown;

    @Option(
            names = "--validate-every",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Epochs between two validations (default: 5).")
    private int validateEvery = 5;

    /// The first of `given` options that has no meaning for detectors.
    static Optional<String> foreign(Predicate<String> given) {
        return OTHERS.stream().filter(given).findFirst();
    }

    /// The photos to learn from at the only path of `data`.
    Annotations photos(List<Path> data) throws IOException {
        if (data.size() > 1) {
            throw new BadValueException("--task detect takes one DATA, not " + data.size()
                    + "; put the photos into one, such as a COCO file");
        }
        return AnnotationFiles.open(data.getFirst());
    }

    /// The photos to validate with: those at `given`, or those beside the ones at `data`; none if there are no such.
    Optional<Annotations> validation(Optional<Path> given, Path data) throws IOException {
        return given.isPresent() ? Optional.of(AnnotationFiles.open(given.get())) : AnnotationFiles.validation(data);
    }

    /// Says what was mended or left out in reading.
    static void print(Annotations annotations, PrintWriter err) {
        annotations
                .notes()
                .forEach(note -> err.println("mobilenet: warning: " + PlainText.of(annotations.name() + ": " + note)));
    }

    /// The network for `classes` classes, as wide as `base` where nothing else is said.
    Network network(@Nullable String wanted, NetworkOptions options, @Nullable Model base, int classes) {
        var name = wanted == null ? NETWORK : wanted;
        var alpha = base == null ? StartingDetector.alpha() : StartingDetector.alpha(base.weights());
        boolean isAlphaOpen = !name.contains(":") && !options.hasAlpha();
        return options.networkFor(isAlphaOpen ? name + ":" + alpha : name, classes);
    }

    /// A training on `train` with these options.
    DetectorTraining training(Annotations train, BoxAugmentation augmentation, int patience) {
        int every = patience > 0 ? 1 : validateEvery;
        return DetectorTraining.of(train)
                .loss(loss())
                .augmentation(
                        augmentation.withFlips(augmentation.flip(), upsideDown).withMosaic(mosaic))
                .validations(new ValidationSchedule(every, patience));
    }

    private DetectionLoss.Settings loss() {
        return switch (loss) {
            case "focal" -> DetectionLoss.Settings.FOCAL;
            case "mined" -> DetectionLoss.Settings.MINED;
            case "softmax" -> new DetectionLoss.Settings(new ScoreLoss.Softmax(), 3, 1);
            default -> throw new BadValueException("--loss takes focal, mined or softmax, not " + loss);
        };
    }

    /// Checks that there is something to learn.
    static void require(Annotations annotations) throws BadFileException {
        if (IntStream.of(annotations.counts()).sum() == 0) {
            throw new BadFileException(annotations.name(), "marks no object to learn from; mark some");
        }
    }
}
