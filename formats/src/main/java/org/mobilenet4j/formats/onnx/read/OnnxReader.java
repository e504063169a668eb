package org.mobilenet4j.formats.onnx.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.AnchorsBeside;
import org.mobilenet4j.formats.file.LabelsBeside;
import org.mobilenet4j.formats.file.MappedFile;
import org.mobilenet4j.formats.graph.QuantizedPixels;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.model.file.ModelMetadata;

/// Reads ONNX models (protocol buffers with the published schema; operator set 7 or newer).
///
/// Supports the operators of MobileNet-like classifiers with one input and one output, and of detectors with raw
/// predictions ([OnnxDetector]), as exported by PyTorch and tf2onnx. Images may be N x C x H x W or N x H x W x C,
/// batch normalization separate or folded, weights in the file
/// or in external data files, in float32 or float16. Unsupported operators are reported in one line.
///
/// Quantized models are supported in QDQ form, as written by ONNX Runtime's `quantize_static` and
/// [org.mobilenet4j.formats.onnx.write.OnnxWriter]: float operators between `DequantizeLinear` and `QuantizeLinear`,
/// INT8 or UINT8 throughout; and in QOperator form (`QLinearConv`, ...), which stands for the same. They run with
/// TFLite's
/// arithmetic, which rounds slightly differently from ONNX Runtime (`docs/decisions/012-qdq.md`). If only the weights
/// are quantized, they are read as floats.
///
/// ONNX has no fields for labels and preprocessing. A file whose metadata has `format` = `mobilenet4j`, as written by
/// [org.mobilenet4j.formats.onnx.write.OnnxWriter], also has `labels`, `preprocessing` and notes there, in the form of
/// the model file (see
/// [ModelMetadata]), and its operators have the names of the layers. Other files have the labels of a
/// `labels.txt` beside them with a line for each class, and their preprocessing is assumed by origin:
/// [Preprocessing#TF_SLIM] if images are N x H x W x C or tf2onnx wrote the file;
/// otherwise torchvision's: central crop of 0.875, antialiased, normalized by ImageNet's mean and standard deviation,
/// from 0 to 1 for gray.
/// Use [Model#withPreprocessing] and [Model#withLabels] to change that.
public final class OnnxReader {
    /// torchvision resizes the shorter side to 256 and crops the central 224.
    private static final Preprocessing TORCHVISION = new Preprocessing(0.875, Resize.ANTIALIAS, Normalization.IMAGENET);

    /// A photo's bytes as they are, from 0 to 255.
    private static final Normalization BYTES =
            new Normalization(List.of(0f, 0f, 0f), List.of(1 / 255f, 1 / 255f, 1 / 255f));

    private OnnxReader() {}

    /// Reads the model in `file`, with its weights in memory.
    ///
    /// @throws BadFileException if the file is malformed or unsupported; the message is one line with the reason
    /// @throws IOException if it cannot be opened
    public static Model read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new BadFileException(file, "is not a file; give an .onnx file");
        }
        if (Files.size(file) > Integer.MAX_VALUE - 8) {
            throw new BadFileException(file, "is over 2 GiB, the most that ONNX allows; give a smaller model");
        }
        return read(file, Files.readAllBytes(file));
    }

    /// Reads the model in `bytes`.
    ///
    /// @param file name for messages; external data files and labels are looked for beside it
    static Model read(Path file, byte[] bytes) throws IOException {
        var contents = OnnxFile.parse(file, bytes);
        try {
            var graph = contents.graph();
            var reader = new OnnxNetworkReader(contents, contents.isOurs() ? graph.getName() : MappedFile.nameOf(file));
            return contents.isOurs() ? ours(contents, reader) : others(file, contents, reader);
        } catch (BadValueException e) {
            // Thrown while building the model: layers that do not fit, tensors that are too large.
            throw new BadFileException(file, e);
        }
    }

    private static Model ours(OnnxFile file, OnnxNetworkReader reader) {
        var model = ModelMetadata.model(file.metadata(), reader.network(), reader.weights(), reader.quantization());
        if (model.boxes().isPresent()) {
            model = model.withBoxes(reader.ordered(model.boxes().get()));
        }
        return model.withPreprocessing(reader.scaling().after(model.preprocessing()));
    }

    private static Model others(Path path, OnnxFile file, OnnxNetworkReader reader) throws IOException {
        boolean tensorFlow = reader.isChannelsLast() || file.converter().startsWith("tf2onnx");
        Map<String, String> notes = new TreeMap<>();
        notes.put("format", "ONNX");
        if (!file.converter().isEmpty()) {
            notes.put("converter", file.converter());
        }
        if (file.isMixed()) {
            notes.put("arithmetic", "floats: some of the file's layers are quantized, and some are not");
        }
        var boxes = reader.boxes(AnchorsBeside.find(path), notes);
        var labels = boxes.isPresent()
                ? LabelsBeside.find(path, boxes.get().labelCounts(), notes)
                : LabelsBeside.find(path, reader.network(), notes);
        reader.outputOperator().ifPresent(operator -> operator.note(notes));
        if (!reader.isSized()) {
            notes.put("input", reader.network().input() + ", assumed: the file leaves the size open");
        }
        var standard = tensorFlow ? Preprocessing.TF_SLIM : TORCHVISION;
        var usual = boxes.isPresent() ? standard.withCrop(1) : standard;
        if (reader.takesBytes() && !reader.scaling().isScaled()) {
            notes.put("preprocessing", "the photo's bytes as they are; crop and resize assumed");
            var bytes = reader.quantization().map(maps -> new QuantizedPixels(maps.input()).asTheyAre());
            return model(reader, labels, usual.withNormalization(bytes.orElse(BYTES)), notes, boxes);
        }
        notes.put("preprocessing", (tensorFlow ? "TF-Slim's" : "torchvision's") + ", assumed: the file does not say");
        var preprocessing = usual;
        if (reader.scaling().isScaled()) {
            preprocessing = reader.scaling().preprocessing(preprocessing, null, notes);
        } else if (!tensorFlow && reader.network().input().channels() == 1) {
            // ImageNet's means are of colors.
            preprocessing = preprocessing.withNormalization(Normalization.UNIT);
            notes.put("preprocessing", "torchvision's for gray, pixels from 0 to 1, assumed: the file does not say");
        }
        return model(reader, labels, preprocessing, notes, boxes);
    }

    private static Model model(
            OnnxNetworkReader reader,
            List<String> labels,
            Preprocessing preprocessing,
            Map<String, String> notes,
            Optional<BoxOutputs> boxes) {
        return boxes.isEmpty()
                ? new Model(reader.network(), reader.weights(), labels, preprocessing, notes, reader.quantization())
                : new Model(
                        reader.network(),
                        reader.weights(),
                        labels,
                        preprocessing,
                        notes,
                        reader.quantization(),
                        Outputs.DETECTIONS,
                        boxes);
    }
}
