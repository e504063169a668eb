package org.mobilenet4j.formats.tflite.read;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.AnchorsBeside;
import org.mobilenet4j.formats.file.LabelsBeside;
import org.mobilenet4j.formats.file.MappedFile;
import org.mobilenet4j.formats.graph.InputScaling;
import org.mobilenet4j.formats.graph.QuantizedPixels;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.model.file.ModelMetadata;

/// Reads TensorFlow Lite models (flatbuffers with the published schema, version 3).
///
/// Supports the operators of MobileNet-like classifiers with one input and one output, and of detectors that end in
/// `TFLite_Detection_PostProcess`: float models, with weights in
/// float32, float16 or 8 bits (dynamic range); and fully quantized models, INT8 or UINT8, with one scale or one per
/// output channel. Shapes, padding, activations and scales come from the file. Unsupported operators are reported in
/// one line.
///
/// Labels are those packed in the file, or else those of a `labels.txt` or `labelmap.txt` beside it with a line for
/// each
/// output. The
/// preprocessing is TF-Slim's, with the normalization of the file's metadata if there is one; a quantized network takes
/// pixels as they are, see [QuantizedPixels]. Files that this library wrote hold all of that, their name and notes too.
public final class TfliteReader {
    private TfliteReader() {}

    /// Reads the model in `file`. Some weights remain in the mapped file, which must not change while the model is in
    /// use.
    ///
    /// @throws BadFileException if the file, or the labels packed in it, are malformed or unsupported; the
    ///     message is one line with the reason
    /// @throws IOException if it cannot be opened
    public static Model read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new BadFileException(file, "is not a file; give a .tflite file");
        }
        try (var channel = FileChannel.open(file)) {
            // Unmapped when nothing refers to it any more, so a model need not be closed.
            return read(file, channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
        }
    }

    /// Reads the model in `bytes`.
    ///
    /// @param file name for messages; labels are looked for beside it
    public static Model read(Path file, MemorySegment bytes) throws IOException {
        var tables = TfliteFile.parse(file, bytes);
        var metadata = tables.metadata() == null ? TfliteMetadata.NONE : TfliteMetadata.parse(file, tables.metadata());
        try {
            var ours = ours(tables.ours());
            var reader = new TfliteNetworkReader(tables, bytes.byteSize());
            var network = reader.network(ours.getOrDefault("name", MappedFile.nameOf(file)));
            var notes = new LinkedHashMap<String, String>();
            var boxes = reader.boxes(AnchorsBeside.find(file), notes);
            var labels = labels(file, metadata, network, boxes, notes);
            if (ModelMetadata.isOurs(ours)) {
                var model = ModelMetadata.model(ours, network, reader.weights(), reader.quantization(network))
                        .withLabels(labels);
                if (boxes.isPresent() && model.boxes().isPresent()) {
                    // In the order of the network that was read; a file has other limits where TFLite knows no such.
                    var limits = model.boxes().get().suppression();
                    model = model.withBoxes(boxes.get().withSuppression(limits));
                }
                return model.withPreprocessing(reader.scaling().after(model.preprocessing()));
            }
            notes.put("format", "TFLite");
            if (!tables.description().isEmpty()) {
                notes.put("converter", tables.description());
            }
            reader.outputOperator().ifPresent(operator -> operator.note(notes));
            var quantization = reader.quantization(network);
            var standard = boxes.isPresent() ? Preprocessing.TF_SLIM.withCrop(1) : Preprocessing.TF_SLIM;
            var preprocessing = preprocessing(standard, metadata, quantization, reader.scaling(), notes)
                    .forChannels(network.input().channels());
            return boxes.isPresent()
                    ? new Model(
                            network,
                            reader.weights(),
                            labels,
                            preprocessing,
                            notes,
                            quantization,
                            Outputs.DETECTIONS,
                            boxes)
                    : new Model(network, reader.weights(), labels, preprocessing, notes, quantization);
        } catch (BadValueException e) {
            // Thrown while building the model: layers that do not fit, tensors that are too large.
            throw new BadFileException(file, e);
        }
    }

    /// This library's own metadata, if it wrote the file.
    private static Map<String, String> ours(@Nullable MemorySegment bytes) {
        return bytes == null
                ? Map.of()
                : ModelMetadata.parse(new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8));
    }

    private static List<String> labels(
            Path file, TfliteMetadata metadata, Network network, Optional<BoxOutputs> boxes, Map<String, String> notes)
            throws IOException {
        if (metadata.labelFile() != null) {
            notes.put("labels", metadata.labelFile() + " packed in the file");
            return TfliteMetadata.readLabels(file, metadata.labelFile());
        }
        return boxes.isPresent()
                ? LabelsBeside.find(file, boxes.get().labelCounts(), notes)
                : LabelsBeside.find(file, network, notes);
    }

    /// @param standard what is assumed where the file does not say
    private static Preprocessing preprocessing(
            Preprocessing standard,
            TfliteMetadata metadata,
            Optional<NetworkQuantization> quantization,
            InputScaling scaling,
            Map<String, String> notes) {
        var rest = standard.crop() < 1 ? "TF-Slim's crop and resize, assumed" : "the whole photo resized, assumed";
        var described = metadata.normalization();
        if (scaling.isScaled()) {
            return scaling.preprocessing(standard, described, notes);
        }
        if (quantization.isPresent()) {
            var pixels = new QuantizedPixels(quantization.get().input());
            boolean areDescribed = described != null && pixels.areDescribedBy(described);
            notes.put(
                    "preprocessing",
                    (areDescribed ? "normalization from the file" : "pixels as they are, as its input stores bytes")
                            + "; " + rest);
            return standard.withNormalization(described != null && areDescribed ? described : pixels.asTheyAre());
        }
        if (described != null) {
            notes.put("preprocessing", "normalization from the file; " + rest);
            return standard.withNormalization(described);
        }
        notes.put(
                "preprocessing",
                (standard.crop() < 1 ? "TF-Slim's, assumed" : "pixels from -1 to 1 of " + rest)
                        + ": the file does not say");
        return standard;
    }
}
