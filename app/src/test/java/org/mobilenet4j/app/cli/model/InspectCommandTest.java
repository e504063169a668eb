package org.mobilenet4j.app.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.model.file.ModelFile;

class InspectCommandTest {
    @TempDir
    private Path folder;

    @Test
    void jsonHoldsTheWholeModel() throws IOException {
        var file = Samples.model(folder);

        var run = Run.of("inspect", file, "--format", "json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        var model = run.json();
        assertThat(model.get("fileBytes").asLong()).isEqualTo(Files.size(file));
        assertThat(model.get("network").asString()).isEqualTo("mobilenet-v1-0.25-32");
        assertThat(model.get("input").toString()).isEqualTo("[32,32,3]");
        assertThat(model.get("labels").asInt()).isEqualTo(7);
        assertThat(model.get("preprocessing").get("crop").asDouble()).isEqualTo(0.875);
        assertThat(model.get("preprocessing").get("resize").asString()).isEqualTo("legacy");
        assertThat(model.get("layers")).hasSize(Samples.network().nodes().size());
        // What the plan takes can only be more than the least.
        assertThat(model.get("plannedActivationBytes").asLong())
                .isGreaterThanOrEqualTo(model.get("peakActivationBytes").asLong());

        var weights = ModelFile.read(file).weights();
        assertThat(model.get("tensors")).hasSize(weights.tensors().size());
        var stem = model.get("tensors").get(0);
        assertThat(stem.get("name").asString()).isEqualTo("conv1/kernel");
        float max = Float.NEGATIVE_INFINITY;
        for (float value : weights.get("conv1/kernel").toArray()) {
            max = Math.max(max, value);
        }
        assertThat((float) stem.get("max").asDouble()).isEqualTo(max);
    }

    @Test
    void tenLinesTellWhatMatters() throws IOException {
        var run = Run.of("inspect", Samples.model(folder));

        assertThat(run.exit()).as(run.err()).isZero();
        var lines = run.out().lines().toList();
        assertThat(lines).hasSize(10);
        assertThat(lines.stream().map(line -> line.substring(0, 14).strip()))
                .containsExactly(
                        "file",
                        "network",
                        "expects",
                        "photos",
                        "answers",
                        "labels",
                        "costs",
                        "activations",
                        "assumed",
                        "notes");
        assertThat(run.out())
                .contains(
                        "mobilenet-v1-0.25-32",
                        "32x32x3 rgb",
                        "central crop 0.875, resize legacy, mean 127.5, std 127.5",
                        "7 values, probabilities (it ends in a softmax)",
                        "7: ant, bee, cat, dog, eel, ...",
                        "mult-adds");
        assertThat(lines.get(8)).endsWith("nothing");
    }

    /// What the file said before it was converted, and in what it says it.
    @Test
    void tenLinesOfEveryFormat() throws IOException {
        for (var ending : List.of(".safetensors", ".mnz", ".onnx", ".tflite")) {
            var file = folder.resolve("other" + ending);
            assertThat(Run.of("convert", Samples.model(folder), file, "--outputs", "logits", "--mean", "100")
                            .exit())
                    .isZero();
            var run = Run.of("inspect", file);

            assertThat(run.out().lines()).as(ending).hasSize(10);
            assertThat(run.out())
                    .contains(
                            "other" + ending,
                            "mobilenet-v1-0.25-32",
                            "mean 100, std 127.5",
                            "7 values, logits (so given)",
                            "7: ant, bee");
        }
    }

    @Test
    void everythingIsThereOnRequest() throws IOException {
        var run = Run.of("inspect", Samples.model(folder), "--all");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("mobilenet-v1-0.25-32", "conv_dw_1", "conv_pw_13_bn/moving_variance", "1x1x7");
    }
}
