package org.mobilenet4j.app.cli.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ModelOptions;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.cli.text.Progress;
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
            "  mobilenet evaluate --labels photos/labels.csv photos",
            "  mobilenet evaluate --model m.tflite --labels labels.csv --confusion confusion.png --format json photos",
            "",
            "millisPerImage is the total time, including decoding, divided by the number of photos."
        })
public final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "The folder of the photos.")
    private Path folder = Path.of("");

    @Option(
            names = "--labels",
            required = true,
            paramLabel = "FILE.csv",
            description =
                    "CSV with the columns file (relative to DIR) and label: a class name, or a class index. A name that"
                            + " several classes share matches any of them.")
    private Path labels = Path.of("");

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(
            names = "--confusion",
            paramLabel = "FILE",
            description = "Write the confusion matrix as a table (.csv) or an image (.png). May be given twice.")
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
        var plan = model.plan(loaded);
        var images = LabeledImages.read(labels, folder, loaded);

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

    private static boolean isCsv(Path file) {
        return file.toString().endsWith(".csv");
    }
}
