package org.mobilenet4j.formats.tflite.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.AtomicFile;
import org.mobilenet4j.model.file.ModelMetadata;
import org.mobilenet4j.model.file.TensorWriter;
import org.mobilenet4j.tensor.ElementType;

/// Writes TensorFlow Lite models (flatbuffers with the published schema, version 3): in float32, optionally with
/// weights in float16 or 8 bits that operators dequantize; or, for a quantized model, fully quantized, as UINT8 with
/// one scale per tensor or INT8 with up to one scale per output channel.
///
/// A quantized file's input and output are integers, like its feature maps. TFLite's own kernels compute the same
/// integers from it as [org.mobilenet4j.infer.Session] does from the model.
///
/// Batch normalization is always folded: TFLite has no operator for it, and a multiplication and an addition after
/// every convolution would be slower everywhere, and no reader would recognize it as batch normalization. Dropout is
/// left out. Tensors are named after layers.
///
/// A detector ends in `TFLite_Detection_PostProcess` ([TfliteDetectorEnd]), whose inputs are floats.
///
/// Labels, normalization and the image size are written as TFLite metadata. What its schema has no fields for (crop,
/// resize, the order of channels, the name, notes) is there in words for people, and in metadata of our own for
/// [org.mobilenet4j.formats.tflite.read.TfliteReader].
public final class TfliteWriter {
    private static final String METADATA = "TFLITE_METADATA";
    /// The name of this library's own metadata, as the reader knows it.
    private static final String OWN_METADATA = "MOBILENET4J_METADATA";

    private static final String WRITER = "mobilenet4j";

    private TfliteWriter() {}

    /// Writes `model` to `file`, completely or not at all; the same model gives the same bytes.
    ///
    /// @param type how float weights are stored; quantized ones stay as they are
    /// @throws IllegalArgumentException if TFLite has no operator for a layer or its quantization, a value is too
    ///     large for `type`, a label is not one line of text, or the file would exceed the format's limit
    /// @throws IOException if the file cannot be written
    public static void write(Model model, Path file, ElementType type) throws IOException {
        var layout = layOut(model, type);
        var labels = LabelArchive.of(model.labels(), layout.bytes());
        AtomicFile.write(file, channel -> {
            var out = new TensorWriter(channel, type);
            layout.writeTo(out);
            out.write(labels);
        });
    }

    private static TfliteLayout layOut(Model model, ElementType type) {
        TfliteLimits.check(model);
        boolean isQuantized = model.quantization().isPresent();
        // A quantized model has no batch normalization, so there is nothing to fold.
        var written = isQuantized ? model : FoldedModel.of(model);
        var network = written.network();
        var tables = new TfliteTables();
        var constants = new TfliteConstants(tables, written.weights(), type, isQuantized);
        var end = written.boxes().map(boxes -> new TfliteDetectorEnd(network, boxes, tables));
        var graph = new TfliteNetworkWriter(
                network, new TfliteActivationTypes(written), tables, constants, end.orElse(null));
        tables.addMetadata(METADATA, TfliteMetadataWriter.write(model, LabelArchive.FILE));
        tables.addMetadata(OWN_METADATA, ModelMetadata.text(model).getBytes(StandardCharsets.UTF_8));
        return tables.layOut(graph.input(), graph.outputs(), WRITER);
    }
}
