package org.mobilenet4j.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.RawFile;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

class SafetensorsTest {
    @TempDir
    Path directory;

    private static Safetensors safetensors(Map<String, String> metadata, Map<String, Tensor> tensors) {
        return new Safetensors(new LinkedHashMap<>(metadata), new LinkedHashMap<>(tensors));
    }

    private static Tensor tensor(Safetensors contents, String name) {
        return new Weights(contents.tensors()).get(name);
    }

    private Path write(Safetensors contents, ElementType type) throws IOException {
        var file = directory.resolve("file.safetensors");
        contents.write(file, type);
        return file;
    }

    @Test
    void theBytesAreThoseOfTheFormat() throws IOException {
        var file = write(
                safetensors(Map.of("k", "v"), Map.of("a", Tensor.of(new float[] {1, -2.5f}, 1, 2))),
                ElementType.FLOAT32);

        var bytes = Files.readAllBytes(file);
        assertThat(RawFile.header(file).stripTrailing())
                .isEqualTo("{\"__metadata__\":{\"k\":\"v\"},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}");
        int begin = Long.BYTES + RawFile.headerBytes(bytes);
        assertThat(begin % 64).isZero();
        assertThat(bytes).hasSize(begin + 8);
        var data = ByteBuffer.wrap(bytes, begin, 8).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(data.getFloat()).isEqualTo(1f);
        assertThat(data.getFloat()).isEqualTo(-2.5f);
    }

    @Test
    void dataIsAlignedWhateverTheHeadersLength() throws IOException {
        for (int length = 0; length < 70; length++) {
            var file = write(
                    safetensors(Map.of("k", "x".repeat(length)), Map.of("a", Tensor.of(new float[] {5}))),
                    ElementType.FLOAT16);

            assertThat((Long.BYTES + RawFile.headerBytes(Files.readAllBytes(file))) % 64)
                    .isZero();
            assertThat(tensor(Safetensors.read(file), "a").get(0)).isEqualTo(5);
        }
    }

    @Test
    void filesOfOthersAreRead() throws IOException {
        // No metadata, names in another order than the data, a scalar, both types, spaces.
        var header = "{ \"b\": {\"shape\":[], \"data_offsets\":[4,8], \"dtype\":\"F32\"},"
                + "\"a\":{\"dtype\":\"F16\",\"shape\":[2,1],\"data_offsets\":[0,4]}}  ";
        var bytes = RawFile.bytes(header, 8);
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(bytes.length - 8)
                .putShort((short) 0x3c00)
                .putShort((short) 0xc000)
                .putFloat(7);
        var file = Files.write(directory.resolve("foreign"), bytes);

        var contents = Safetensors.read(file);

        assertThat(contents.metadata()).isEmpty();
        assertThat(contents.tensors().sequencedKeySet()).containsExactly("b", "a");
        assertThat(tensor(contents, "a").toArray()).containsExactly(1, -2);
        assertThat(tensor(contents, "b").toArray()).containsExactly(7);
    }

    @Test
    void countersOfPyTorchArePassedOver() throws IOException {
        var header = "{\"count\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}";
        var file = Files.write(directory.resolve("torch"), RawFile.bytes(header, 12));

        assertThat(Safetensors.read(file).tensors().sequencedKeySet()).containsExactly("a");
    }

    /// The length that is claimed is that of the header alone; the eight bytes before it do not count.
    @Test
    void headersThatGoOnBehindTheEndAreRefused() throws IOException {
        for (int more = 1; more <= Long.BYTES; more++) {
            var bytes = RawFile.bytes(2 + more, new byte[] {'{', '}'}, 0);
            var file = Files.write(directory.resolve("cut" + more), bytes);

            assertThatThrownBy(() -> Safetensors.read(file))
                    .isInstanceOf(BadFileException.class)
                    .hasMessageContaining("cut off");
            assertThatThrownBy(() -> Safetensors.of(MemorySegment.ofArray(bytes)))
                    .isInstanceOf(BadValueException.class)
                    .hasMessageContaining("cut off");
        }
    }

    @Test
    void nothingAtAllIsAFileToo() throws IOException {
        var contents = Safetensors.read(write(safetensors(Map.of(), Map.of()), ElementType.FLOAT32));

        assertThat(contents.metadata()).isEmpty();
        assertThat(contents.tensors()).isEmpty();
        assertThat(Safetensors.read(Files.write(directory.resolve("least"), RawFile.bytes("{}", 0))))
                .isEqualTo(contents);
    }

    @Test
    void tensorsLongerThanAPieceAreWhole() throws IOException {
        var values = new float[100_003];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 2048 - 1024;
        }
        var contents = safetensors(Map.of(), Map.of("a", Tensor.of(values, values.length)));

        var floats = List.of(ElementType.FLOAT32, ElementType.FLOAT16);
        for (var first : floats) {
            var read = Safetensors.read(write(contents, first));
            for (var second : floats) {
                assertThat(tensor(Safetensors.read(write(read, second)), "a").toArray())
                        .isEqualTo(values);
            }
        }
    }

    @Test
    void aNameOfTheFormatIsKeptForIt() {
        assertThatThrownBy(() -> safetensors(Map.of(), Map.of("__metadata__", Tensor.of(new float[1], 1))))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("__metadata__");
    }

    @Test
    void whatCouldNotBeReadIsNotWritten() {
        var huge = safetensors(Map.of("k", "x".repeat(SafetensorsHeader.MAX_BYTES)), Map.of());
        assertThatThrownBy(() -> write(huge, ElementType.FLOAT32)).hasMessageContaining("more than the limit");

        var half = safetensors(Map.of("k", "\uD83D"), Map.of());
        assertThatThrownBy(() -> write(half, ElementType.FLOAT32)).hasMessageContaining("surrogate");

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void linksStayLinks() throws IOException {
        var file = write(safetensors(Map.of("k", "old"), Map.of()), ElementType.FLOAT32);
        var link = Files.createSymbolicLink(directory.resolve("link"), file);

        safetensors(Map.of("k", "new"), Map.of()).write(link, ElementType.FLOAT32);

        assertThat(link).isSymbolicLink();
        assertThat(Safetensors.read(file).metadata()).containsEntry("k", "new");
    }
}
