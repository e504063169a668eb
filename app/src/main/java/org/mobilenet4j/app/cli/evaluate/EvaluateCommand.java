package org.mobilenet4j.app.cli.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ModelOptions;
import org.mobilenet4j.app.cli.options.TaskOption;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.cli.text.Progress;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.dataset.DataSets;
import org.mobilenet4j.model.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mobilenet evaluate`: measures a model's accuracy.
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measure a model: top-1 and top-5 accuracy on labeled photos, or average precision on photos in which objects"
                    + " are marked.",
            "A photo that cannot be read ends the evaluation, because accuracy on part of a set would mislead."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mobilenet evaluate --model my.safetensors my-photos",
            "  mobilenet evaluate --labels photos/labels.csv photos",
            "  mobilenet evaluate --model m.tflite --labels labels.csv --confusion confusion.png --format json photos",
            "  mobilenet evaluate --model detector.safetensors --curves curves.png coco/annotations/instances_val2017.json",
            "",
            "millisPerImage is the total time, including decoding, divided by the number of photos."
        })
public final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "DATA",
            arity = "1..*",
            description = "What train takes: a folder with a subfolder per class, archives, a CSV file or IDX files; of"
                    + " training and validation photos the latter. With --labels, the folder of the photos. For a"
                    + " detector, photos with boxes: a JSON file of COCO's, a folder of Pascal VOC's, a CSV file, or"
                    + " data.yaml of YOLO's.")
    private List<Path> data = List.of();

    @Option(
            names = "--labels",
            paramLabel = "FILE.csv",
            description =
                    "CSV with the columns file (relative to DATA) and label: a class name, or a class index. A name"
                            + " that several classes share matches any of them.")
    private @Nullable Path labels;

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(
            names = "--confusion",
            paramLabel = "FILE",
            description =
                    "Write the confusion matrix as a table (.csv) or an image (.png); may be given twice (default: no).")
    private List<Path> confusions = List.of();

    @Mixin
    private final TaskOption task = new TaskOption();

    @Mixin
    private final DetectionOptions detection = new DetectionOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        for (var file : confusions) {
            if (!isCsv(file) && !file.toString().endsWith(".png")) {
                throw new ParameterException(
                        spec.commandLine(), "--confusion takes a file name that ends in .csv or .png, not " + file);
            }
        }
        detection.check();
        var loaded = model.load();
        var out = spec.commandLine().getOut();
        if (isDetector(loaded)) {
            var evaluation = detection.evaluate(
                    model.plan(loaded),
                    folder(),
                    model.threads(),
                    spec.commandLine().getErr());
            out.print(format.isJson() ? JsonText.of(evaluation) : BoxEvaluationText.of(evaluation));
        } else {
            var evaluation = classify(loaded);
            out.print(format.isJson() ? JsonText.of(evaluation) : EvaluationText.of(evaluation));
        }
        return 0;
    }

    /// Whether to measure how the model detects; the options must be for that, or for the other.
    private boolean isDetector(Model loaded) {
        boolean isOne = loaded.boxes().isPresent();
        if (isOne && task.task().equals(Optional.of(TaskOption.Task.CLASSIFY))) {
            throw new BadValueException("the network " + loaded.network().name()
                    + " is a detector, which has no accuracy in classes of whole photos; take a classifier");
        }
        if (isOne && (labels != null || !confusions.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(), "--labels and --confusion are for classifiers, and this model is a detector");
        }
        if (!isOne && detection.isGiven() && task.task().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--curves is for detectors, and this model is a classifier");
        }
        return isOne || task.task().equals(Optional.of(TaskOption.Task.DETECT));
    }

    private Path folder() {
        if (data.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "a detector is evaluated on one set of photos, not on " + data.size());
        }
        return data.getFirst();
    }

    private Evaluation classify(Model loaded) throws IOException {
        var plan = model.plan(loaded);
        var images = images(loaded);

        long start = System.nanoTime();
        var evaluator = new Evaluator(plan, model.threads());
        List<Evaluator.Outcome> outcomes;
        try (var progress = Progress.of("evaluate", images.size())) {
            outcomes = evaluator.run(images, progress);
        }
        var evaluation = Evaluation.of(outcomes, plan, (System.nanoTime() - start) / 1e6);

        for (var file : confusions) {
            if (isCsv(file)) {
                ConfusionCsv.write(evaluation.confusion(), loaded::label, file);
            } else {
                ConfusionPicture.write(evaluation.confusion(), loaded::label, file);
            }
        }
        return evaluation;
    }

    private List<LabeledImage> images(Model loaded) throws IOException {
        if (labels != null) {
            if (data.size() > 1) {
                throw new ParameterException(spec.commandLine(), "--labels takes one folder of photos");
            }
            return LabeledImages.read(labels, data.getFirst(), loaded);
        }
        var validation = data.size() == 1 ? DataSets.validation(data.getFirst()) : Optional.<DataSet>empty();
        return LabeledImages.of(
                validation.isPresent() ? validation.get() : DataSets.open(data.toArray(Path[]::new)), loaded);
    }

    private static boolean isCsv(Path file) {
        return file.toString().endsWith(".csv");
    }
}
