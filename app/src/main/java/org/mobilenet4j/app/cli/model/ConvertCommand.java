package org.mobilenet4j.app.cli.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.AssumptionNotes;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.LabelNamesOption;
import org.mobilenet4j.app.cli.options.ModelSource;
import org.mobilenet4j.app.cli.options.PhotoOptions;
import org.mobilenet4j.app.cli.options.WeightsWarning;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.tensor.ElementType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mobilenet convert`: converts a model from one format to another.
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Convert a model to another format. File extensions select the formats.",
            "An existing OUT is replaced once the new file is complete.",
            "A quantized model stays quantized in .safetensors, .tflite and .onnx (QDQ).",
            "What OUT cannot represent is reported on standard error: TFLite has no batch normalization and no dropout,"
                    + " and crop and resize stand where only mobilenet reads them.",
            "How photos go in and what the outputs mean is written to OUT, whether IN or an option says it, or whether"
                    + " it is assumed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mobilenet convert mobilenet_v1_0.25_128.tflite mobilenet.safetensors --label-names labels.txt",
            "  mobilenet convert tfjs/model.json mobilenet.safetensors",
            "  mobilenet convert mobilenet.safetensors half.safetensors --float16",
            "  mobilenet convert default phone.tflite",
            "  mobilenet convert trained-at-64.safetensors at-80.safetensors --resolution 80",
            "  mobilenet convert mobilenet.safetensors mobilenet.onnx --fold",
            "  mobilenet convert caffe-style.onnx mine.safetensors --mean 103.94,116.78,123.68 --std 58.8"
                    + " --channels bgr --crop 1 --resize antialias --outputs logits"
        })
public final class ConvertCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "IN",
            description = "The model to read: .safetensors (also timm's MobileNet v1), .mnz, .tflite, .onnx, Keras"
                    + " .h5 or"
                    + " .keras, a TensorFlow.js model.json, the name of a pulled model, or default.")
    private Path in = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "The file to write: .safetensors, .mnz (packed), .tflite or .onnx.")
    private Path out = Path.of("");

    @Option(names = "--float16", description = "Store weights as float16: half the size, with an 11-bit significand.")
    private boolean float16;

    @Option(names = "--fold", description = "Fold batch normalization into the layers before it, and drop dropout.")
    private boolean fold;

    @Option(
            names = "--nms",
            description =
                    "Suppress overlapping boxes in the file: a detector written as .onnx then has the boxes, scores"
                            + " and classes of its detections as outputs (default: encodings of all boxes, scores and anchors).")
    private boolean nms;

    @Option(
            names = "--resolution",
            paramLabel = "R",
            description =
                    "Change the input's height and width, in a network that ends in global pooling (default: as in IN).")
    private @Nullable Integer resolution;

    @Mixin
    private final PhotoOptions photos = new PhotoOptions();

    @Mixin
    private final LabelNamesOption labelNames = new LabelNamesOption();

    @Mixin
    private final FormatOption format = new FormatOption();

    /// The report of `convert`; sizes in bytes.
    ///
    /// @param leftOut what `out` cannot represent or represents differently, one sentence each
    record Conversion(String in, long inBytes, String out, long outBytes, List<String> leftOut) {}

    @Override
    public Integer call() throws IOException {
        if (Files.exists(in) && Files.exists(out) && Files.isSameFile(in, out)) {
            throw new BadValueException(out + ": is both input and output; give OUT another name");
        }
        var source = new ModelSource(in);
        var model = labelNames.applyTo(photos.applyTo(source.read()));
        new WeightsWarning(in, model.weights()).print(spec.commandLine().getErr());
        new AssumptionNotes(model).print(spec.commandLine().getErr());
        if (resolution != null) {
            model = model.withResolution(resolution);
        }
        var written = fold ? FoldedModel.of(model) : model;
        var type = float16 ? ElementType.FLOAT16 : ElementType.FLOAT32;
        var leftOut = nms ? ModelFormats.writeSuppressed(written, out, type) : ModelFormats.write(written, out, type);

        var done = new Conversion(in.toString(), source.bytes(), out.toString(), Files.size(out), leftOut);
        if (!format.isJson()) {
            print(leftOut);
        }
        spec.commandLine().getOut().print(format.isJson() ? JsonText.of(done) : text(done));
        return 0;
    }

    private void print(List<String> leftOut) {
        var err = spec.commandLine().getErr();
        leftOut.forEach(sentence -> err.println("mobilenet: note: " + PlainText.of(sentence)));
        err.flush();
    }

    private static String text(Conversion done) {
        return String.format(
                Locale.ROOT,
                "%s (%,d bytes) -> %s (%,d bytes)%n",
                done.in(),
                done.inBytes(),
                done.out(),
                done.outBytes());
    }
}
