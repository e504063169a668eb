package org.mobilenet4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.infer.QuantizedModels;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.model.file.Safetensors;
import org.mobilenet4j.tensor.ElementType;

class QuantizedModelFileTest {
    @TempDir
    private Path directory;

    private Path write(Model model, ElementType floats) throws IOException {
        var file = directory.resolve("model.safetensors");
        ModelFile.write(model, file, floats);
        return file;
    }

    @Test
    void integersAndScalesComeBack() throws IOException {
        var model = QuantizedModels.model();
        for (var floats : List.of(ElementType.FLOAT32, ElementType.FLOAT16)) {
            var read = ModelFile.read(write(model, floats));

            assertThat(read.quantization()).isEqualTo(model.quantization());
            model.weights().tensors().forEach((name, tensor) -> {
                var other = read.weights().get(name);
                assertThat(other.type()).isEqualTo(tensor.type());
                assertThat(other.quantization()).isEqualTo(tensor.quantization());
                assertThat(other.bytes().mismatch(tensor.bytes())).isEqualTo(-1);
            });
            var image = new float[model.network().input().elements()];
            assertThat(Session.open(read).run(image, 1))
                    .isEqualTo(Session.open(model).run(image, 1));
        }
    }

    @Test
    void weightsOfIntegersMayBeAllThereIs() throws IOException {
        var model = QuantizedModels.model();
        var floats = new Model(model.network(), model.weights(), List.of(), model.preprocessing());

        var read = ModelFile.read(write(floats, ElementType.FLOAT32));

        assertThat(read.quantization()).isEmpty();
        assertThat(read.weights().get("fc/kernel").quantization())
                .isEqualTo(model.weights().get("fc/kernel").quantization());
    }

    @Test
    void theVersionSaysWhoCanReadIt() throws IOException {
        var contents = Safetensors.read(write(QuantizedModels.model(), ElementType.FLOAT32));
        assertThat(contents.metadata()).containsEntry("version", "2");
        refused(Map.of("version", "1"), "has no scales");
        refused(Map.of("version", "3"), "version 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}| lacks the field \"tensors\"",
                "[]| must be a JSON object",
                "{\"tensors\":{},\"more\":1}| unknown field \"more\"",
                "{\"tensors\":{\"fc/bias\":{\"scales\":[1,2]}}}| scales",
                "{\"tensors\":{\"fc/bias\":{\"scales\":[]}}}| scales",
                "{\"tensors\":{\"fc/bias\":{\"scales\":[0]}}}| must be positive and finite",
                "{\"tensors\":{\"fc/bias\":{\"scales\":[1e-60]}}}| must be positive and finite",
                "{\"tensors\":{\"fc/bias\":{\"scales\":[1],\"zeroPoints\":[1,2]}}}| zeroPoints",
                "{\"tensors\":{\"nothing\":{\"scales\":[1]}}}| no scales",
                "{\"input\":{\"type\":\"int32\",\"scale\":1,\"zeroPoint\":0},\"layers\":{},\"tensors\":{}}| INT8 or UINT8",
                "{\"input\":{\"type\":\"int8\",\"scale\":1,\"zeroPoint\":200},\"layers\":{},\"tensors\":{}}| from -128 to 127",
                "{\"input\":{\"type\":\"int8\",\"scale\":1,\"zeroPoint\":0},\"tensors\":{}}| lacks the field \"layers\"",
            })
    void wrongScalesAreRefused(String json, String message) throws IOException {
        refused(Map.of("quantization", json), message);
    }

    private void refused(Map<String, String> changes, String message) throws IOException {
        var contents = Safetensors.read(write(QuantizedModels.model(), ElementType.FLOAT32));
        var metadata = new LinkedHashMap<>(contents.metadata());
        metadata.putAll(changes);
        var file = directory.resolve("changed.safetensors");
        new Safetensors(metadata, contents.tensors()).write(file, ElementType.FLOAT32);
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }
}
