package org.mobilenet4j.app.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;

/// The network that comes with the command, by its name.
class ModelSourceTest {
    @TempDir
    private Path folder;

    @Test
    void commandsTakeItByName() throws IOException {
        var photo = Samples.png(folder.resolve("photo.png"), 1);
        var unnamed = Run.of("classify", "--format", "json", photo).json().get(0);
        var named = Run.of("classify", "--model", "default", "--format", "json", photo)
                .json()
                .get(0);
        assertThat(unnamed.get("predictions")).isEqualTo(named.get("predictions"));
        assertThat(Run.of("inspect", "default", "--format", "json").exit()).isZero();

        var copy = folder.resolve("copy.safetensors");
        assertThat(Run.of("convert", "default", copy, "--float16").exit()).isZero();
        assertThat(Files.size(copy)).isEqualTo(ModelSource.DEFAULT.bytes());
    }

    @Test
    void aFileOfThatNameIsAnotherModel() throws IOException {
        var file = Samples.model(folder.resolve("default"), Samples.weights(), Samples.LABELS);
        assertThat(new ModelSource(file).read().labels()).isEqualTo(Samples.LABELS);
        assertThat(new ModelSource(file).bytes()).isEqualTo(Files.size(file));
    }

    /// Weights that Keras has are TF-Slim's, so both names mean the same file.
    @ParameterizedTest
    @CsvSource({
        "mobilenet_v1, mobilenet_v1_1.0_224",
        "mobilenet-v1:0.25:128, mobilenet_v1_0.25_128",
        "mobilenet_2_5_128_tf, mobilenet_v1_0.25_128",
        "mobilenet_0.50_160, mobilenet_v1_0.5_160",
        "google/mobilenet_v1_0.75_192, mobilenet_v1_0.75_192",
        "mobilenet_v1_0.25_128_quant, mobilenet_v1_0.25_128_quant"
    })
    void namesOfOthersMeanModelsOfTheCatalog(String text, String name) {
        assertThat(PublishedModel.named(text).wanted().name()).isEqualTo(name);
        assertThat(Run.of("inspect", text).err()).contains(text + ": not downloaded yet; run mobilenet pull " + name);
    }

    /// A network like Keras's, with weights that have to be fetched by hand.
    @ParameterizedTest
    @CsvSource({
        "mobilenetv1_100, mobilenetv1_100",
        "mobilenetv1_125.ra4_e3600_r224_in1k, mobilenetv1_125",
        "timm/mobilenetv1_100.ra4_e3600_r224_in1k, mobilenetv1_100"
    })
    void timmsWeightsAreOthers(String text, String name) {
        var way = "from https://huggingface.co/timm, then run mobilenet convert model.safetensors " + name;
        assertThat(Run.of("inspect", text).errLines())
                .singleElement()
                .asString()
                .contains(text, way);
        assertThat(Run.of("pull", text).errLines()).singleElement().asString().contains(text, way);
        assertThat(Run.of("cost", text).exit()).isZero();
        assertThat(Run.of("train", "--profile", "--network", text, "--help").exit())
                .isZero();
    }

    @Test
    void aPathIsNoName() {
        assertThat(Run.of("inspect", "./mobilenet_v1").err()).contains("mobilenet_v1: there is no such file");
    }
}
