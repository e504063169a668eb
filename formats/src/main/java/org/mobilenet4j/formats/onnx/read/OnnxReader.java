package org.mobilenet4j.formats.onnx.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.MappedFile;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelMetadata;

/// Reads models in ONNX's format (protocol buffers with the published schema; version 7 of the
/// operators or newer).
///
/// Read are the operators of MobileNet-like classifiers with one input and one output, as PyTorch and
/// tf2onnx export them: images may be N x C x H x W or N x H x W x C, batch normalization apart or
/// folded, weights in the file or in files beside it, in float32 or float16. What it does not know it
/// names in one line.
///
/// Quantized models are read in QDQ form, as ONNX Runtime's `quantize_static` and
/// [org.mobilenet4j.formats.onnx.write.OnnxWriter] make it:
/// operators of floats between `DequantizeLinear` and `QuantizeLinear`, INT8 or UINT8 from end to end.
/// They are computed with TFLite's arithmetic, which rounds a little differently than ONNX Runtime does
/// (`docs/decisions/012-qdq.md`). Where weights alone are integers, they are read as floats.
///
/// ONNX has no place for labels and preprocessing. A file whose metadata has `format` = `mobilenet4j`,
/// as [org.mobilenet4j.formats.onnx.write.OnnxWriter] makes it, has `labels`, `preprocessing` and notes there in the
/// form of the model file
/// (see [ModelMetadata]), and its operators are called as the layers are. Of all others, labels are
/// none, and the preprocessing is assumed by where they come from: [Preprocessing#TF_SLIM] when images
/// are N x H x W x C or tf2onnx wrote the file; otherwise torchvision's: the central 0.875 of the photo,
/// antialiased, normalized by ImageNet's mean and deviation. [Model#withPreprocessing] and
/// [Model#withLabels] say otherwise.
public final class OnnxReader {
    /// torchvision resizes the shorter side to 256 and takes the central 224.
    private static final Preprocessing TORCHVISION = new Preprocessing(0.875, Resize.ANTIALIAS, Normalization.IMAGENET);

    private OnnxReader() {}

    /// The model in `file`, with its weights in memory.
    ///
    /// @throws BadFileException when the file is not one that can be read, in one line that says why
    /// @throws IOException when it cannot be opened
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

    /// The model in `bytes`.
    ///
    /// @param file what messages call it, beside which files with weights are looked for
    static Model read(Path file, byte[] bytes) throws BadFileException {
        var contents = OnnxFile.parse(file, bytes);
        try {
            var graph = contents.graph();
            var reader = new OnnxNetworkReader(contents, contents.isOurs() ? graph.getName() : MappedFile.nameOf(file));
            return contents.isOurs() ? ours(contents, reader) : others(contents, reader);
        } catch (BadValueException e) {
            // Thrown by what is made of the file: layers that do not fit, tensors that are too large.
            throw new BadFileException(file, e);
        }
    }

    private static Model ours(OnnxFile file, OnnxNetworkReader reader) {
        var metadata = file.metadata();
        return new Model(
                reader.network(),
                reader.weights(),
                ModelMetadata.labels(metadata),
                ModelMetadata.preprocessing(metadata),
                ModelMetadata.notes(metadata),
                reader.quantization());
    }

    private static Model others(OnnxFile file, OnnxNetworkReader reader) {
        boolean tensorFlow = reader.isChannelsLast() || file.converter().startsWith("tf2onnx");
        Map<String, String> notes = new TreeMap<>();
        notes.put("format", "ONNX");
        if (!file.converter().isEmpty()) {
            notes.put("converter", file.converter());
        }
        notes.put("preprocessing", (tensorFlow ? "TF-Slim's" : "torchvision's") + ", assumed: the file does not say");
        return new Model(
                reader.network(),
                reader.weights(),
                List.of(),
                tensorFlow ? Preprocessing.TF_SLIM : TORCHVISION,
                notes,
                reader.quantization());
    }
}
