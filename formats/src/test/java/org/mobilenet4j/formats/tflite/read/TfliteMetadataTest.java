package org.mobilenet4j.formats.tflite.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.SmallModel;
import org.mobilenet4j.image.Normalization;
import org.tensorflow.lite.support.metadata.schema.AssociatedFile;
import org.tensorflow.lite.support.metadata.schema.AssociatedFileType;
import org.tensorflow.lite.support.metadata.schema.ModelMetadata;
import org.tensorflow.lite.support.metadata.schema.NormalizationOptions;
import org.tensorflow.lite.support.metadata.schema.ProcessUnit;
import org.tensorflow.lite.support.metadata.schema.ProcessUnitOptions;
import org.tensorflow.lite.support.metadata.schema.SubGraphMetadata;
import org.tensorflow.lite.support.metadata.schema.TensorMetadata;

class TfliteMetadataTest {
    @TempDir
    private Path directory;

    /// Metadata that names a file of labels, and says `(pixel - mean) / std`.
    private static byte[] metadata(String labelFile, float[] mean, float[] std) {
        var to = new FlatBufferBuilder(256);
        int options = NormalizationOptions.createNormalizationOptions(
                to, NormalizationOptions.createMeanVector(to, mean), NormalizationOptions.createStdVector(to, std));
        int unit = ProcessUnit.createProcessUnit(to, ProcessUnitOptions.NormalizationOptions, options);
        int units = TensorMetadata.createProcessUnitsVector(to, new int[] {unit});
        int input = TensorMetadata.createTensorMetadata(to, 0, 0, 0, 0, units, 0, 0);
        int file = AssociatedFile.createAssociatedFile(
                to, to.createString(labelFile), 0, AssociatedFileType.TENSOR_AXIS_LABELS, 0, 0);
        int files = TensorMetadata.createAssociatedFilesVector(to, new int[] {file});
        int output = TensorMetadata.createTensorMetadata(to, 0, 0, 0, 0, 0, 0, files);
        int inputs = SubGraphMetadata.createInputTensorMetadataVector(to, new int[] {input});
        int outputs = SubGraphMetadata.createOutputTensorMetadataVector(to, new int[] {output});
        int graph = SubGraphMetadata.createSubGraphMetadata(to, 0, 0, inputs, outputs, 0, 0, 0, 0, 0, 0);
        int graphs = ModelMetadata.createSubgraphMetadataVector(to, new int[] {graph});
        ModelMetadata.finishModelMetadataBuffer(to, ModelMetadata.createModelMetadata(to, 0, 0, 0, graphs, 0, 0, 0, 0));
        return to.sizedByteArray();
    }

    private Path write(String labels) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(SmallModel.bytes(metadata("names.txt", new float[] {127.5f}, new float[] {51, 102, 255})));
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("names.txt"));
            zip.write(labels.getBytes(UTF_8));
        }
        return Files.write(directory.resolve("m.tflite"), bytes.toByteArray());
    }

    @Test
    void labelsAndNormalizationComeFromTheFile() throws IOException {
        Files.writeString(directory.resolve("labels.txt"), "not\nthese\nfour\nlabels\n");

        var model = TfliteReader.read(write("a\nb\nc\nd\n"));

        assertThat(model.labels()).containsExactly("a", "b", "c", "d");
        assertThat(model.preprocessing().normalization())
                .isEqualTo(new Normalization(List.of(0.5f, 0.5f, 0.5f), List.of(0.2f, 0.4f, 1f)));
        assertThat(model.notes()).containsEntry("labels", "names.txt packed in the file");
    }

    @Test
    void labelsThatDoNotFitAreNamed() throws IOException {
        var three = write("a\nb\nc\n");
        assertThatThrownBy(() -> TfliteReader.read(three))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("3 labels for the 4 outputs");
        var hole = write("a\n\nc\nd\n");
        assertThatThrownBy(() -> TfliteReader.read(hole))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("m.tflite (names.txt in it): line 2 is empty");
    }

    @Test
    void labelsThatFillMemoryAreRefused() throws IOException {
        var file = write("a\n".repeat(1 << 20));
        assertThatThrownBy(() -> TfliteReader.read(file))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("names.txt")
                .hasRootCauseMessage("names.txt has more than 1048576 bytes");
    }

    @Test
    void everyCutIsNoticed() throws IOException {
        var file = write("a\nb\nc\nd\n");
        var bytes = Files.readAllBytes(file);
        for (int length = bytes.length - 1; length > 0; length -= 7) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> TfliteReader.read(file))
                    .isInstanceOf(BadFileException.class)
                    .hasMessageStartingWith(file + ": ");
        }
    }
}
