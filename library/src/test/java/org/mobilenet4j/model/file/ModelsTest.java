package org.mobilenet4j.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;

/// Without `mobilenet4j-formats`, as the library's own tests are.
class ModelsTest {
    @TempDir
    private Path folder;

    private static Model model() {
        var network = MobileNetV1.of(0.25, 32, 3).network();
        return new Model(network, Weights.random(network, 1), List.of("ant", "bee", "cat"), Preprocessing.TF_SLIM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.safetensors", "B.SafeTensors", "c.mnz"})
    void whatIsWrittenIsRead(String name) throws IOException {
        var file = folder.resolve(name);
        assertThat(Models.write(model(), file)).isEmpty();

        var read = Models.read(file);
        assertThat(read.labels()).isEqualTo(model().labels());
        assertThat(read.weights().get("conv1/kernel").toArray())
                .isEqualTo(model().weights().get("conv1/kernel").toArray());
    }

    @Test
    void float16HalvesTheFile() throws IOException {
        Models.write(model(), folder.resolve("whole.safetensors"));
        Models.write(model(), folder.resolve("half.safetensors"), ElementType.FLOAT16);
        assertThat((double) Files.size(folder.resolve("half.safetensors")))
                .isLessThan(0.6 * Files.size(folder.resolve("whole.safetensors")));
    }

    /// The packed file is told by its content, whatever its name.
    @Test
    void theContentDecides() throws IOException {
        Models.write(model(), folder.resolve("a.mnz"));
        Files.move(folder.resolve("a.mnz"), folder.resolve("a.bin"));
        assertThat(Models.read(folder.resolve("a.bin")).labels()).hasSize(3);
    }

    @Test
    void otherFormatsAreInAnotherArtifact() throws IOException {
        var file = Files.writeString(folder.resolve("a.tflite"), "\u0000\u0000\u0000\u0000TFL3");
        assertThatThrownBy(() -> Models.read(file))
                .isInstanceOf(BadFileException.class)
                .hasMessageContainingAll(
                        "a.tflite", "neither a .safetensors nor a .mnz", "add the artifact mobilenet4j-formats");
        assertThatThrownBy(() -> Models.write(model(), file))
                .isInstanceOf(BadValueException.class)
                .hasMessageContainingAll(
                        "a.tflite", "cannot be written", ".safetensors or .mnz", "mobilenet4j-formats");
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    void whatIsNotThereIsNamed() throws IOException {
        assertThatThrownBy(() -> Models.read(folder.resolve("nowhere.safetensors")))
                .isInstanceOf(BadFileException.class)
                .hasMessageContainingAll("nowhere.safetensors", "no such file");
        assertThatThrownBy(() -> Models.read(folder)).isInstanceOf(BadFileException.class);
        var empty = Files.createFile(folder.resolve("empty.safetensors"));
        assertThatThrownBy(() -> Models.read(empty)).isInstanceOf(BadFileException.class);
        assertThatThrownBy(() -> Models.read(null)).hasMessage("file");
        assertThatThrownBy(() -> Models.write(null, empty)).hasMessage("model");
    }
}
