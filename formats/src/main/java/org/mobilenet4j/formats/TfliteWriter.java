package org.mobilenet4j.formats;

import java.io.IOException;
import java.nio.file.Path;
import org.mobilenet4j.model.AtomicFile;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.TensorWriter;
import org.mobilenet4j.tensor.ElementType;

/// Writes models in TensorFlow Lite's format (flatbuffers with the published schema, version 3), in float32, or with
/// weights in float16 of which operators make floats.
///
/// Batch normalisation is always folded: TFLite has no operator for it, and what could stand for it, a multiplication
/// and an addition behind every convolution, would be slower everywhere and be read as batch normalisation by nobody.
/// Dropout is left out. The names of layers become those of tensors.
///
/// Labels, normalisation and the size of the image are written as TFLite metadata, crop and resize only in words: the
/// schema has no field for them.
public final class TfliteWriter {
    private static final String METADATA = "TFLITE_METADATA";
    private static final String WRITER = "mobilenet4j";

    private TfliteWriter() {}

    /// Writes `model` to `file`, whole or not at all; the same model makes the same bytes.
    ///
    /// @param type how weights are stored
    /// @throws IllegalArgumentException when the model is quantised, TFLite has no operator for a layer, a value
    ///     is too large for `type`, the labels are not a line of text each, or the file would be too large for
    ///     the format
    /// @throws IOException when the file cannot be written
    public static void write(Model model, Path file, ElementType type) throws IOException {
        if (model.quantization().isPresent()) {
            throw new IllegalArgumentException("the network " + model.network().name()
                    + " is quantised, and TFLite is written with floats only; write it as .safetensors");
        }
        var layout = layOut(model, type);
        var labels = LabelArchive.of(model.labels(), layout.bytes());
        AtomicFile.write(file, channel -> {
            var out = new TensorWriter(channel, type);
            layout.writeTo(out);
            out.write(labels);
        });
    }

    private static TfliteLayout layOut(Model model, ElementType type) {
        var folded = FoldedModel.of(model);
        var tables = new TfliteTables();
        var graph = new TfliteGraph(folded.network(), tables, new TfliteConstants(tables, folded.weights(), type));
        tables.addMetadata(METADATA, TfliteMetadataWriter.write(model, LabelArchive.FILE));
        return tables.layOut(graph.input(), graph.output(), WRITER);
    }
}
