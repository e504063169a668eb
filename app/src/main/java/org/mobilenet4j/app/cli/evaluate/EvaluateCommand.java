package org.mobilenet4j.app.cli.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ModelOptions;
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
            "Measure a model's top-1 and top-5 accuracy on labeled photos.",
            "A photo that cannot be read ends the evaluation, because accuracy on part of a set would mislead."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mobilenet evaluate --model my.safetensors my-photos",
            "  mobilenet evaluate --labels photos/labels.csv photos",
            "  mobilenet evaluate --model m.tflite --labels labels.csv --confusion confusion.png --format json photos",
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
                    + " training and validation photos the latter. With --labels, the folder of the photos.")
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
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        for (var file : confusions) {
            if (!isCsv(file) && !file.toString().endsWith(".png")) {
                throw new ParameterException(
                        spec.commandLine(), "--confusion takes a file name that ends in .csv or .png, not " + file);
            }
        }
        int threads = model.threads();
        var loaded = model.load();
        if (loaded.boxes().isPresent()) {
            throw new BadValueException("the network " + loaded.network().name()
                    + " is a detector, which has no accuracy in classes of whole photos; take a classifier");
        }
        var plan = model.plan(loaded);
        var images = images(loaded);

        long start = System.nanoTime();
        var evaluator = new Evaluator(plan, threads);
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
        spec.commandLine().getOut().print(format.isJson() ? JsonText.of(evaluation) : EvaluationText.of(evaluation));
        return 0;
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
