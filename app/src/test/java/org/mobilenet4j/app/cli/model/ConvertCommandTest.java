package org.mobilenet4j.app.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.Shape;

class ConvertCommandTest {
    @TempDir
    private Path folder;

    @Test
    void sixteenBitsHalveTheFile() throws IOException {
        var in = Samples.model(folder);
        var out = folder.resolve("half.safetensors");

        var run = Run.of("convert", in, out, "--float16", "--format", "json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get("inBytes").asLong()).isEqualTo(Files.size(in));
        assertThat(run.json().get("outBytes").asLong()).isEqualTo(Files.size(out));
        int values = ModelFile.read(in).weights().tensors().values().stream()
                .mapToInt(tensor -> tensor.size())
                .sum();
        assertThat(Files.size(in) - Files.size(out)).isBetween(values * 2L - 2000, values * 2L + 2000);
        assertThat(ModelFile.read(out).labels()).isEqualTo(Samples.LABELS);
    }

    @Test
    void labelNamesAreKept() throws IOException {
        var in = Samples.model(folder);
        var out = folder.resolve("named.safetensors");
        var names = Files.writeString(folder.resolve("names.txt"), "A\nB\nC\nD\nE\nF\nG\n");

        var run = Run.of("convert", in, out, "--label-names", names);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("->", "bytes");
        assertThat(ModelFile.read(out).labels()).containsExactly("A", "B", "C", "D", "E", "F", "G");
    }

    @Test
    void whatIsWrittenAsTfliteIsReadAgain() throws IOException {
        var out = folder.resolve("model.tflite");

        var run = Run.of("convert", Samples.model(folder), out, "--format", "json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get("outBytes").asLong()).isEqualTo(Files.size(out));
        assertThat(ModelFormats.read(out).labels()).isEqualTo(Samples.LABELS);
    }

    @Test
    void whatAFormatCannotHoldIsSaid() throws IOException {
        var in = Samples.model(folder);
        var tflite = folder.resolve("model.tflite");

        var run = Run.of("convert", in, tflite);
        var json = Run.of("convert", in, tflite, "--format", "json");

        assertThat(run.errLines()).hasSize(3).allMatch(line -> line.startsWith("mobilenet: note: "));
        assertThat(run.err()).contains("Crop 0.875 and resize legacy", "Batch normalization (27 layers)", "Dropout");
        assertThat(json.err()).isEmpty();
        var sentences = json.json().get("leftOut");
        assertThat(sentences.size()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            assertThat(run.errLines().get(i))
                    .isEqualTo("mobilenet: note: " + sentences.get(i).asString());
        }
        var ours = Run.of("convert", in, folder.resolve("copy.safetensors"), "--format", "json");
        assertThat(ours.json().get("leftOut").size()).isZero();
    }

    @Test
    void onnxFilesAreWrittenAndRead() throws IOException {
        var in = Samples.model(folder);
        var onnx = folder.resolve("model.onnx");
        var back = folder.resolve("back.safetensors");

        assertThat(Run.of("convert", in, onnx, "--fold").exit()).isZero();
        assertThat(Run.of("convert", onnx, back).exit()).isZero();

        var expected = FoldedModel.of(ModelFile.read(in));
        var model = ModelFile.read(back);
        assertThat(model.network()).isEqualTo(expected.network());
        assertThat(model.labels()).isEqualTo(Samples.LABELS);
        assertThat(model.preprocessing()).isEqualTo(expected.preprocessing());
    }

    @Test
    void anotherResolutionKeepsAllButTheInput() throws IOException {
        var in = Samples.model(folder);
        var out = folder.resolve("larger.safetensors");

        var run = Run.of("convert", in, out, "--resolution", "48");

        assertThat(run.exit()).as(run.err()).isZero();
        var before = ModelFile.read(in);
        var model = ModelFile.read(out);
        assertThat(model.network().input()).isEqualTo(new Shape(48, 48, 3));
        assertThat(model.network().name()).isEqualTo("mobilenet-v1-0.25-48");
        assertThat(model.network().body()).isEqualTo(before.network().body());
        assertThat(model.weights().get("conv1/kernel").toArray())
                .isEqualTo(before.weights().get("conv1/kernel").toArray());
    }

    @Test
    void aResolutionOfNothingIsRefused() throws IOException {
        var run = Run.of("convert", Samples.model(folder), folder.resolve("none.safetensors"), "--resolution", "0");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).hasLineCount(1);
        assertThat(folder.resolve("none.safetensors")).doesNotExist();
    }

    @Test
    void itsOwnInputIsNotOverwritten() throws IOException {
        var in = Samples.model(folder);
        var before = Files.readAllBytes(in);

        var run = Run.of("convert", in, folder.resolve(".").resolve("model.safetensors"), "--float16");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().contains("both input and output");
        assertThat(in).hasBinaryContent(before);
    }

    @Test
    void outMayNotLieInAFolderThatIsMissing() throws IOException {
        var run = Run.of(
                "convert", Samples.model(folder), folder.resolve("missing").resolve("out.safetensors"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().contains("out.safetensors", "does not exist");
    }
}
