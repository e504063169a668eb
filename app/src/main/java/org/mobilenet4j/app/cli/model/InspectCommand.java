package org.mobilenet4j.app.cli.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ModelSource;
import org.mobilenet4j.app.cli.options.WeightsWarning;
import org.mobilenet4j.app.cli.text.JsonText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mobilenet inspect`: shows what a model file contains.
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show what a model is, what it expects and answers, and what it costs.",
            "Ten lines also say what had to be assumed because its file does not say. JSON holds everything, as --all"
                    + " does."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mobilenet inspect default",
            "  mobilenet inspect mobilenet.tflite --all",
            "  mobilenet inspect mobilenet.tflite --format json"
        })
public final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "MODEL",
            description = "A model file, the name of a pulled model, or default, the bundled model.")
    private Path file = Path.of("");

    @Option(names = "--all", description = "Show all notes, layers, and the range of every tensor's values, too.")
    private boolean isAll;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        var source = new ModelSource(file);
        var model = source.read();
        new WeightsWarning(file, model.weights()).print(spec.commandLine().getErr());
        var inspection = Inspection.of(model, file.toString(), source.bytes());
        spec.commandLine()
                .getOut()
                .print(
                        format.isJson()
                                ? JsonText.of(inspection)
                                : InspectionText.summary(inspection)
                                        + (isAll ? InspectionText.details(inspection) : ""));
        return 0;
    }
}
