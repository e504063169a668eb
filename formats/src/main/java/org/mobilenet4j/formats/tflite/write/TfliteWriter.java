package org.mobilenet4j.formats.tflite.write;

import java.io.IOException;
import java.nio.file.Path;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.AtomicFile;
import org.mobilenet4j.model.file.TensorWriter;
import org.mobilenet4j.tensor.ElementType;

/// Writes models in TensorFlow Lite's format (flatbuffers with the published schema, version 3): in float32, with
/// weights in float16 or 8 bits of which operators make floats, or, where the model is quantized, in its integers
/// from end to end, UINT8 with one scale a tensor or INT8 with up to one for each output channel.
///
/// A quantized file's input and output are integers, as its maps are. TFLite's own kernels compute the same
/// integers from it as [org.mobilenet4j.infer.Session] does from the model.
///
/// Batch normalization is always folded: TFLite has no operator for it, and what could stand for it, a multiplication
/// and an addition behind every convolution, would be slower everywhere and be read as batch normalization by nobody.
/// Dropout is left out. The names of layers become those of tensors.
///
/// Labels, normalization and the size of the image are written as TFLite metadata, crop and resize only in words: the
/// schema has no field for them.
public final class TfliteWriter {
    private static final String METADATA = "TFLITE_METADATA";
    private static final String WRITER = "mobilenet4j";

    private TfliteWriter() {}

    /// Writes `model` to `file`, whole or not at all; the same model makes the same bytes.
    ///
    /// @param type how weights of floats are stored; integers stay what they are
    /// @throws IllegalArgumentException when TFLite has no operator for a layer, or none for how it is quantized, a
    ///     value is too large for `type`, the labels are not a line of text each, or the file would be too
    ///     large for the format
    /// @throws IOException when the file cannot be written
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
        // Of a quantized model there is nothing to fold: it has no batch normalization.
        var written = isQuantized ? model : FoldedModel.of(model);
        var network = written.network();
        var tables = new TfliteTables();
        var constants = new TfliteConstants(tables, written.weights(), type, isQuantized);
        var graph = new TfliteNetworkWriter(network, new TfliteActivationTypes(written), tables, constants);
        tables.addMetadata(METADATA, TfliteMetadataWriter.write(model, LabelArchive.FILE));
        return tables.layOut(graph.input(), graph.output(), WRITER);
    }
}
