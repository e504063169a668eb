package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.tensor.ElementType;

class ModelFormatsTest {
    @TempDir
    private Path directory;

    @Test
    void aConvertedModelIsTheSameModel() throws IOException {
        var tflite = ModelFormats.read(Files.write(directory.resolve("m.tflite"), SmallModel.bytes()));
        var file = directory.resolve("m.safetensors");

        ModelFormats.write(tflite, file, ElementType.FLOAT32);

        var back = ModelFormats.read(file);
        assertThat(back.network()).isEqualTo(tflite.network());
        assertThat(back.notes()).isEqualTo(tflite.notes());
        assertThat(back.preprocessing()).isEqualTo(tflite.preprocessing());
        tflite.weights()
                .tensors()
                .forEach((name, tensor) ->
                        assertThat(back.weights().get(name).toArray()).as(name).isEqualTo(tensor.toArray()));
    }

    @Test
    void contentCountsForMoreThanTheName() throws IOException {
        var disguised = Files.write(directory.resolve("model.bin"), SmallModel.bytes());
        assertThat(ModelFormats.read(disguised).classes()).isEqualTo(4);

        var empty = Files.createFile(directory.resolve("EMPTY.TFLITE"));
        assertThatThrownBy(() -> ModelFormats.read(empty)).isInstanceOf(BadFileException.class);
        var other = Files.writeString(directory.resolve("other.bin"), "something else altogether");
        assertThatThrownBy(() -> ModelFormats.read(other)).isInstanceOf(BadFileException.class);
    }

    @Test
    void kerasFilesAreToldByTheirContents() throws IOException {
        var expected = SmallKeras.model("disguised");
        var config = SmallKeras.config(KerasJson.second(), "[null,16,16,3]");
        var variables = SmallKeras.variables(expected.weights(), "depthwise_kernel");
        var hdf5 = KerasFiles.writeHdf5(directory.resolve("disguised.bin"), config, variables);
        assertThat(ModelFormats.read(hdf5).network()).isEqualTo(expected.network());

        var archive = KerasFiles.writeArchive(
                directory.resolve("disguised.zip"),
                SmallKeras.config(KerasJson.third(), "[null,16,16,3]"),
                SmallKeras.numbered(expected.weights()));
        assertThat(ModelFormats.read(archive).network()).isEqualTo(expected.network());
    }

    @Test
    void whatIsNotWrittenIsNamed() throws IOException {
        var model = ModelFormats.read(Files.write(directory.resolve("m.tflite"), SmallModel.bytes()));
        var file = directory.resolve("m.docx");

        assertThatThrownBy(() -> ModelFormats.write(model, file, ElementType.FLOAT32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ": this format cannot be written; use a name that ends in"
                        + " .safetensors, .mnz, .tflite or .onnx");
        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> ModelFormats.read(file)).hasMessageContaining("there is no such file");
    }
}
