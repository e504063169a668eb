package org.mobilenet4j.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// Whatever is wrong with the input: one line on standard error that names it, the exit code, and nothing written.
class BadInputTest {
    @TempDir
    private Path folder;

    private Path model;
    private Path photo;

    @BeforeEach
    void write() throws IOException {
        model = Samples.model(folder);
        photo = Samples.png(folder.resolve("photo.png"), 1);
    }

    @ParameterizedTest
    @CsvSource({
        "missing.jpg, no such file",
        "directory.jpg, has no photos",
        "empty.jpg, is empty",
        "text.jpg, not a JPEG",
        "cut.jpg, ''",
        "huge.png, 60000"
    })
    void imageThatCannotBeRead(String name, String says) throws IOException {
        Files.createDirectory(folder.resolve("directory.jpg"));
        Files.createFile(folder.resolve("empty.jpg"));
        Files.writeString(folder.resolve("text.jpg"), "These are words, whatever the name says.\n".repeat(20));
        var jpeg = Samples.encoded("jpg", 1);
        Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(jpeg, jpeg.length / 2));
        Files.write(folder.resolve("huge.png"), png(60_000, 60_000));

        assertFails(1, folder.resolve(name), says, "classify", "--model", model, folder.resolve(name));
    }

    @Test
    void goodImagesAreClassifiedBesideBadOnes() {
        var run = Run.of("classify", "--format", "json", "--model", model, "nothing.jpg", photo);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.json().get(0).get("error").asString()).contains("no such file");
        assertThat(run.json().get(1).get("predictions")).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({
        "missing.safetensors, no such file",
        "directory.safetensors, directory",
        "empty.safetensors, ''",
        "longHeader.safetensors, header",
        "overlap.safetensors, ''",
        "cut.safetensors, ''",
        "cut.tflite, ''",
        "empty.tflite, ''",
        "empty.onnx, not an ONNX file",
        "model.docx, ''"
    })
    void modelThatCannotBeRead(String name, String says) throws IOException {
        Files.createDirectory(folder.resolve("directory.safetensors"));
        Files.createFile(folder.resolve("empty.safetensors"));
        Files.createFile(folder.resolve("empty.tflite"));
        Files.createFile(folder.resolve("empty.onnx"));
        Files.createFile(folder.resolve("model.docx"));
        Files.write(folder.resolve("longHeader.safetensors"), safetensors(Long.MIN_VALUE, "{}", 0));
        var overlap = """
                {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},\
                "b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""";
        Files.write(folder.resolve("overlap.safetensors"), safetensors(overlap.length(), overlap, 12));
        var whole = Files.readAllBytes(model);
        Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(whole, whole.length - 1000));
        Files.write(folder.resolve("cut.tflite"), "\034\0\0\0TFL3\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));

        var file = folder.resolve(name);
        assertFails(1, file, says, "classify", "--model", file, photo);
        assertFails(1, file, says, "inspect", file);
        assertFails(1, file, says, "convert", file, folder.resolve("out.safetensors"));
    }

    @Test
    void weightsThatAreNotFiniteAreWarnedOf() throws IOException {
        var tensors = Weights.random(Samples.network(), 1).tensors();
        var bias = new float[Samples.LABELS.size()];
        bias[3] = Float.NaN;
        tensors.put("conv_preds/bias", Tensor.of(bias, bias.length));
        var damaged = Samples.model(folder.resolve("nan.safetensors"), new Weights(tensors), Samples.LABELS);

        var run = Run.of("inspect", damaged, "--format", "json");

        assertThat(run.exit()).isZero();
        assertThat(run.errLines()).singleElement().asString().contains("warning", "conv_preds/bias", "NaN");
        assertThat(run.json().get("tensors").valueStream())
                .filteredOn(tensor -> tensor.get("nonFinite").asInt() == 1)
                .singleElement()
                .satisfies(tensor -> assertThat(tensor.get("name").asString()).isEqualTo("conv_preds/bias"));
    }

    @Test
    void labelNamesThatAreNotOneForEachClass() throws IOException {
        var names = Files.writeString(folder.resolve("names.txt"), "one\ntwo\n");

        assertFails(1, names, "2 labels for the 7", "classify", "--label-names", names, "--model", model, photo);
        assertFails(1, names, "2 labels for the 7", "convert", model, "out.safetensors", "--label-names", names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "paint",
                "classify --model MODEL",
                "classify --sepia --model MODEL PHOTO",
                "classify --format xml --model MODEL PHOTO",
                "classify --top 0 --model MODEL PHOTO",
                "classify --top many --model MODEL PHOTO",
                "classify --crop 1.5 --model MODEL PHOTO",
                "classify --resize nearest --model MODEL PHOTO",
                "classify --threads 0 --model MODEL PHOTO",
                "convert MODEL",
                "inspect",
                "evaluate --model MODEL",
                "evaluate --model MODEL --labels labels.csv --confusion matrix.gif DIR"
            })
    void usage(String line) {
        Object[] arguments = line.replace("MODEL", model.toString())
                .replace("PHOTO", photo.toString())
                .replace("DIR", folder.toString())
                .split(" ");

        assertFails(2, "mobilenet", "--help", arguments);
    }

    private void assertFails(int exit, Object names, String says, Object... arguments) {
        var before = files();
        var run = Run.of(arguments);

        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).singleElement().asString().contains(names.toString(), says);
        assertThat(run.err()).doesNotContain("Exception", "internal error", "\tat ");
        assertThat(files()).isEqualTo(before);
    }

    private List<Path> files() {
        try (var all = Files.walk(folder)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] safetensors(long headerLength, String header, int values) {
        var bytes = ByteBuffer.allocate(8 + header.length() + values).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.putLong(headerLength)
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    /// A PNG whose header claims a size that its few bytes of pixels do not fill.
    private static byte[] png(int width, int height) throws IOException {
        var header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(8).putLong(0x89504e470d0a1a0aL).array());
        bytes.writeBytes(chunk("IHDR", header.array()));
        var pixels = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(pixels)) {
            deflater.write(new byte[1000]);
        }
        bytes.writeBytes(chunk("IDAT", pixels.toByteArray()));
        bytes.writeBytes(chunk("IEND", new byte[0]));
        return bytes.toByteArray();
    }

    private static byte[] chunk(String type, byte[] content) {
        var bytes = ByteBuffer.allocate(12 + content.length).putInt(content.length);
        bytes.put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
        var checksum = new CRC32();
        checksum.update(bytes.array(), 4, 4 + content.length);
        return bytes.putInt((int) checksum.getValue()).array();
    }
}
