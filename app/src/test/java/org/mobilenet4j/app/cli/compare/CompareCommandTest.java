package org.mobilenet4j.app.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

class CompareCommandTest {
    @TempDir
    private Path folder;

    /// The sample model with one value of one tensor changed.
    private Path changed(String tensor) throws IOException {
        var tensors = new LinkedHashMap<>(Samples.weights().tensors());
        var old = Samples.weights().get(tensor);
        var values = old.toArray().clone();
        values[0] += 3;
        tensors.put(
                tensor,
                Tensor.of(
                        values, old.dims().stream().mapToInt(Integer::intValue).toArray()));
        return Samples.model(folder.resolve("changed.safetensors"), new Weights(tensors), Samples.LABELS);
    }

    private Path converted(String name, String... options) throws IOException {
        var out = folder.resolve(name);
        var arguments = new java.util.ArrayList<Object>(List.of("convert", Samples.model(folder), out));
        arguments.addAll(List.of(options));
        var run = Run.of(arguments.toArray());
        assertThat(run.exit()).as(run.err()).isZero();
        return out;
    }

    @Test
    void theSameModelInAnyFormatDoesNotDiffer() throws IOException {
        var model = Samples.model(folder);
        for (var other : List.of(
                converted("m.onnx"), converted("m.tflite"), converted("m.mnz"), converted("f.onnx", "--fold"))) {
            var run = Run.of("compare", model, other, "--random", "2", "--format", "json");

            assertThat(run.exit()).as(run.err()).isZero();
            var report = run.json();
            assertThat(report.has("firstDifferent")).as(run.out()).isFalse();
            assertThat(report.get("answers").get("top1Agreement").asDouble()).isEqualTo(1);
            assertThat(report.get("layers").get(0).get("a").asString()).isEqualTo("input");
            // Nearly all layers have a counterpart.
            var a = report.get("a");
            assertThat(a.get("paired").asInt()).isGreaterThan(a.get("layers").asInt() * 9 / 10);
            assertThat(Run.of("compare", model, other, "--random", "1").out())
                    .contains("no layer differs by more than 0.001", "the same top-1 for 1 of 1 (100.0 %)");
        }
    }

    @Test
    void theFirstLayerThatDiffersIsNamed() throws IOException {
        var other = changed("conv_pw_2_bn/beta");
        var run = Run.of("compare", Samples.model(folder), other, "--random", "2", "--format", "json");

        var report = run.json();
        assertThat(report.get("firstDifferent").get("a").asString()).startsWith("conv_pw_2");
        for (var layer : report.get("layers")) {
            if (layer.equals(report.get("firstDifferent"))) {
                break;
            }
            assertThat(layer.get("largest").asDouble()).isZero();
        }
        assertThat(Run.of("compare", Samples.model(folder), other, "--random", "2")
                        .out())
                .contains("<- first", "the first that differs by more than 0.001 of its largest value: conv_pw_2");
    }

    /// Other preprocessing shows in the input already, and is said; the same input cures it.
    @Test
    void otherPreprocessingIsTheFirstDifference() throws IOException {
        var other = converted("darker.onnx", "--mean", "100");
        var model = Samples.model(folder);

        var run = Run.of("compare", model, other, "--random", "1");
        assertThat(run.out())
                .contains("the inputs differ already", "--same-input", "into B with central crop", "mean 100");

        var same = Run.of("compare", model, other, "--random", "1", "--same-input", "--format", "json");
        assertThat(same.json().has("firstDifferent")).isFalse();
    }

    /// The same network at another size: its answers can still be compared.
    @Test
    void inputsOfOtherSizesAreSaid() throws IOException {
        var model = Samples.model(folder);
        var larger = folder.resolve("larger.safetensors");
        ModelFormats.write(ModelFormats.read(model).withResolution(64), larger, ElementType.FLOAT32);

        var run = Run.of("compare", model, larger, "--random", "1");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("the inputs differ in size, 32x32x3 in A and 64x64x3 in B", "the same top-1 for");

        var refused = Run.of("compare", model, larger, "--same-input");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.errLines()).hasSize(1);
        assertThat(refused.err()).contains("not of the same size: 32x32x3", "leave out --same-input");
    }

    @Test
    void photosAndFoldersOfThemAreTaken() throws IOException {
        var photos = folder.resolve("photos");
        Files.createDirectories(photos.resolve("inside"));
        Samples.png(photos.resolve("a.png"), 1);
        Samples.png(photos.resolve("inside/b.png"), 2);
        Files.writeString(photos.resolve("labels.csv"), "file,label");
        var model = Samples.model(folder);

        assertThat(Run.of("compare", model, model, photos, "--format", "json")
                        .json()
                        .get("inputs")
                        .asInt())
                .isEqualTo(2);
        assertThat(Run.of("compare", model, model, photos, "--most", "1").out()).contains("both ran on 1 photo");
        var empty = Files.createDirectories(folder.resolve("empty"));
        var none = Run.of("compare", model, model, empty);
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.errLines()).hasSize(1);
        assertThat(none.err()).contains("has no photos");
        assertThat(Run.of("compare", model, model, folder.resolve("no.png")).exit())
                .isEqualTo(1);
    }
}
