package org.mobilenet4j.app.cli.quantize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.AssumptionNotes;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ModelSource;
import org.mobilenet4j.app.cli.options.PhotoOptions;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.app.cli.options.WeightsWarning;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.app.cli.train.DataOptions;
import org.mobilenet4j.app.cli.train.RunOptions;
import org.mobilenet4j.app.cli.train.TrainingFiles;
import org.mobilenet4j.compress.quantize.LayerErrors;
import org.mobilenet4j.compress.quantize.Photos;
import org.mobilenet4j.compress.quantize.PostTraining;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Subset;
import org.mobilenet4j.data.Unreadable;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.batch.BatchSpec;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.detect.DetectionAgreement;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.formats.dataset.DataSets;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.train.Validation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mobilenet quantize`: quantizes a float model to int8.
@Command(
        name = "quantize",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Quantize a float model's weights and activations to int8, a quarter of the size.",
            "The ranges of activations are calibrated on photos. Reports the size, the accuracy on --validation,"
                    + " and the"
                    + " quantization error of each layer.",
            "With --epochs, quantization-aware training follows; the best epoch on --validation is kept.",
            "Calibration ignores the photos' classes; training does not. The classes of --validation must be the"
                    + " model's"
                    + " outputs, in order."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mobilenet quantize default --out int8.tflite --data my-photos",
            "  mobilenet quantize default --out int8.safetensors --data tiny-imagenet/train-0.tar.gz"
                    + " --validation tiny-imagenet/val.tar.gz --ranges mse",
            "  mobilenet quantize default --out int8.safetensors --data tiny-imagenet/train-*.tar.gz"
                    + " --validation tiny-imagenet/val.tar.gz --epochs 2",
            "  mobilenet quantize my.safetensors --out int8.onnx --data my-photos --weights per-tensor"
                    + " --equalize --bias-correction"
        })
public final class QuantizeCommand implements Callable<Integer> {
    private static final int BATCH = 64;

    /// The least score of an object that both models are asked for.
    private static final float DETECTED = 0.3f;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "MODEL",
            description = "The float model to quantize: a file, the name of a pulled model, or default.")
    private Path model = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file to write: .safetensors, .tflite or .onnx (QDQ).")
    private Path out = Path.of("");

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "DATA",
            description =
                    "Photos for calibration: any folder of photos, archives, a CSV file or IDX files. Training needs"
                            + " labels, such as a subfolder per class. They should not be those of --validation.")
    private List<Path> data = List.of();

    @Option(
            names = "--photos",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Number of calibration photos, drawn evenly from the classes (default: 256).")
    private int photos = 256;

    @Mixin
    private final PhotoOptions photoOptions = new PhotoOptions();

    @Mixin
    private final DataOptions options = new DataOptions();

    @Mixin
    private final QuantizationChoices choices = new QuantizationChoices();

    @Mixin
    private final AwareTrainingOptions training = new AwareTrainingOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        var source = new ModelSource(model);
        ModelFormats.requireWritable(out);
        if (training.areGiven()) {
            if (options.validationPath().isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "training keeps the epoch that is best on --validation; give that as well");
            }
            TrainingFiles.beside(out);
        }
        if (Files.exists(model) && Files.exists(out) && Files.isSameFile(model, out)) {
            throw new BadValueException(out + ": is both input and output; give --out another name");
        }
        var floats = photoOptions.applyTo(source.read());
        new WeightsWarning(model, floats.weights()).print(spec.commandLine().getErr());
        new AssumptionNotes(floats).print(spec.commandLine().getErr());
        var validationData = validationData(floats);
        var seen = photos(floats);

        var pair = PostTraining.of(floats, seen.photos(), choices.options());
        var noted = new PostTraining(pair.floats(), noted(pair.quantized(), seen.photos()));
        RunOptions.Outcome outcome = null;
        if (training.areGiven() && validationData != null) {
            outcome = train(noted, validationData);
            if (!outcome.hasModel()) {
                spec.commandLine().getOut().print(format.isJson() ? JsonText.of(outcome.result()) : outcome.text());
                return 0;
            }
        } else {
            ModelFormats.write(noted.quantized(), out, ElementType.FLOAT32).forEach(this::note);
        }
        new CalibrationWarning(seen.photos(), floats.preprocessing().normalization())
                .print(spec.commandLine().getErr());
        var accuracy = validationData == null ? null : accuracy(floats, pair, outcome, validationData);
        var report = QuantizationReport.of(
                floats,
                out,
                seen,
                choices.options(),
                accuracy,
                detections(floats, pair.quantized(), seen.photos()),
                LayerErrors.of(pair, seen.photos().first(BATCH), options.threads()));
        var text = (outcome == null ? "" : outcome.text()) + QuantizationText.of(report);
        spec.commandLine().getOut().print(format.isJson() ? JsonText.of(report) : text);
        return 0;
    }

    private @Nullable DetectionAgreement detections(Model floats, Model quantized, Photos seen) {
        if (floats.boxes().isEmpty()) {
            return null;
        }
        var some = new ArrayList<float[]>();
        seen.first(BATCH).forEach(some::add);
        return DetectionAgreement.of(floats, quantized, some, DETECTED, options.threads());
    }

    private RunOptions.Outcome train(PostTraining start, DataSet validationPhotos) throws IOException {
        var all = DataSets.open(data.toArray(Path[]::new));
        return training.train(
                start,
                choices.options().weights(),
                options,
                options.split(all, Optional.of(validationPhotos), some -> some),
                out,
                spec.commandLine().getErr());
    }

    private void note(String sentence) {
        if (!format.isJson()) {
            spec.commandLine().getErr().println("mobilenet: note: " + PlainText.of(sentence));
        }
    }

    /// Photos that could be read, and those that could not.
    record Seen(Photos photos, Unreadable unreadable) {}

    private Seen photos(Model floats) throws IOException {
        var chosen = Subset.evenly(DataSets.photos(data.toArray(Path[]::new)), photos, options.seed());
        try (var batches = batches(chosen, floats)) {
            var read = Photos.of(batches, floats.network().input());
            return new Seen(read, batches.unreadable());
        }
    }

    private Batches batches(DataSet set, Model floats) {
        return Batches.validation(
                set,
                new BatchSpec(
                        floats.network().input(),
                        floats.preprocessing(),
                        Augmentation.NONE,
                        BATCH,
                        options.seed(),
                        options.threads()));
    }

    private @Nullable DataSet validationData(Model floats) throws IOException {
        if (options.validationPath().isPresent() && floats.boxes().isPresent()) {
            throw new BadValueException(model + ": finds objects, and --validation measures what tells classes of whole"
                    + " photos; leave it out, and measure the file that is written with evaluate --task detect");
        }
        var set = options.validation().orElse(null);
        if (set != null && set.labels().size() != floats.classes()) {
            throw new BadValueException(set.name() + ": has photos of "
                    + set.labels().size() + " classes, but the model has " + floats.classes()
                    + " outputs; give photos of the model's classes, or leave out --validation");
        }
        return set;
    }

    private QuantizationReport.Accuracy accuracy(
            Model floats, PostTraining pair, RunOptions.@Nullable Outcome outcome, DataSet set) throws IOException {
        try (var batches = batches(set, floats)) {
            var before = Validation.of(floats, batches, options.threads());
            var equalized =
                    choices.options().equalizes() ? Validation.of(pair.floats(), batches, options.threads()) : null;
            var after = Validation.of(pair.quantized(), batches, options.threads());
            return new QuantizationReport.Accuracy(
                    after.images(), batches.unreadable().count(), before, equalized, after, trained(outcome, after));
        }
    }

    private static @Nullable Validation trained(RunOptions.@Nullable Outcome outcome, Validation after) {
        if (outcome == null) {
            return null;
        }
        return new Validation(
                after.images(), outcome.result().top1(), outcome.result().top5());
    }

    private Model noted(Model quantized, Photos seen) {
        var notes = new LinkedHashMap<>(quantized.notes());
        notes.put("quantized", choices.text() + ", scales chosen by " + seen.count() + " photos");
        return quantized.withNotes(notes);
    }
}
