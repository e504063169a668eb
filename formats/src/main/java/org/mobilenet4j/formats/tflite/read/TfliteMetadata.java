package org.mobilenet4j.formats.tflite.read;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.model.file.LabelFile;
import org.tensorflow.lite.support.metadata.schema.AssociatedFileType;
import org.tensorflow.lite.support.metadata.schema.ModelMetadata;
import org.tensorflow.lite.support.metadata.schema.NormalizationOptions;
import org.tensorflow.lite.support.metadata.schema.ProcessUnitOptions;
import org.tensorflow.lite.support.metadata.schema.SubGraphMetadata;

/// TFLite metadata, with which some files describe their labels (a text file in a ZIP that is appended to the model)
/// and their input.
///
/// @param labelFile name of the packed file with a label for each output, or null
/// @param normalization of pixels, or null
record TfliteMetadata(@Nullable String labelFile, @Nullable Normalization normalization) {
    private static final int MAX_ITEMS = 64;

    /// Size of labels that any model may have; larger ones may be as large as the file, so that unpacking cannot fill
    /// the memory.
    private static final long SMALL_TEXT = 1 << 20;

    /// A file without metadata.
    static final TfliteMetadata NONE = new TfliteMetadata(null, null);

    /// Reads the metadata in `bytes`, a buffer of the model.
    ///
    /// @param file name of the model in messages
    static TfliteMetadata parse(Path file, MemorySegment bytes) throws BadFileException {
        try {
            var metadata = ModelMetadata.getRootAsModelMetadata(bytes.asByteBuffer());
            if (metadata.subgraphMetadataLength() == 0) {
                return NONE;
            }
            var graph = metadata.subgraphMetadata(0);
            return new TfliteMetadata(labelFile(graph), normalization(graph));
        } catch (RuntimeException e) {
            // As with the model's own tables, the accessors check nothing.
            throw new BadFileException(
                    file, "is cut short or damaged (its metadata is malformed); get the file again", e);
        }
    }

    /// The packed labels of the model in `file`.
    ///
    /// @param name of the packed file
    static List<String> readLabels(Path file, String name) throws IOException {
        byte[] text;
        try (var zip = new ZipFile(file.toFile())) {
            var entry = zip.getEntry(name);
            if (entry == null) {
                throw new IOException("there is no " + name);
            }
            int most = (int) Math.min(LabelFile.MAX_BYTES, Math.max(SMALL_TEXT, Files.size(file)));
            try (var in = zip.getInputStream(entry)) {
                // Reading one byte over the limit is enough to know, whatever size the archive claims.
                text = in.readNBytes(most + 1);
            }
            if (text.length > most) {
                throw new IOException(name + " has more than " + most + " bytes");
            }
        } catch (IOException e) {
            throw new BadFileException(
                    file,
                    "says that its labels are packed in it as " + name
                            + ", but they cannot be read there; the file may be cut short: get it again",
                    e);
        }
        return LabelFile.parse(file + " (" + name + " in it)", text);
    }

    /// Names of an axis' places, or of a detector's values.
    private static @Nullable String labelFile(SubGraphMetadata graph) {
        int outputs = Math.min(graph.outputTensorMetadataLength(), MAX_ITEMS);
        for (int o = 0; o < outputs; o++) {
            var output = graph.outputTensorMetadata(o);
            int count = Math.min(output.associatedFilesLength(), MAX_ITEMS);
            for (int i = 0; i < count; i++) {
                var file = output.associatedFiles(i);
                boolean areLabels = file.type() == AssociatedFileType.TENSOR_AXIS_LABELS
                        || file.type() == AssociatedFileType.TENSOR_VALUE_LABELS;
                if (areLabels && file.nameAsByteBuffer() != null) {
                    return TfliteFile.printable(file.nameAsByteBuffer());
                }
            }
        }
        return null;
    }

    private static @Nullable Normalization normalization(SubGraphMetadata graph) {
        if (graph.inputTensorMetadataLength() == 0) {
            return null;
        }
        var input = graph.inputTensorMetadata(0);
        int count = Math.min(input.processUnitsLength(), MAX_ITEMS);
        for (int i = 0; i < count; i++) {
            var unit = input.processUnits(i);
            if (unit.optionsType() == ProcessUnitOptions.NormalizationOptions) {
                return normalization((NormalizationOptions) unit.options(new NormalizationOptions()));
            }
        }
        return null;
    }

    /// Metadata has pixels from 0 to 255, and one value for all channels or one for each; here pixels are from 0 to 1.
    private static Normalization normalization(NormalizationOptions options) {
        var mean = new Float[3];
        var std = new Float[3];
        for (int c = 0; c < 3; c++) {
            mean[c] = options.mean(options.meanLength() == 1 ? 0 : c) / 255;
            std[c] = options.std(options.stdLength() == 1 ? 0 : c) / 255;
        }
        return new Normalization(List.of(mean), List.of(std));
    }
}
