package org.mobilenet4j.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.infer.QuantizedModels;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.PackedModels;
import org.mobilenet4j.model.RandomNetworks;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.model.file.PackedValues.Coding;
import org.mobilenet4j.tensor.ElementType;

class PackedFileTest {
    private static final int PREFIX = 16;

    @TempDir
    private Path folder;

    private static void assertSame(Model read, Model model) {
        assertThat(read.network()).isEqualTo(model.network());
        assertThat(read.labels()).isEqualTo(model.labels());
        assertThat(read.notes()).isEqualTo(model.notes());
        assertThat(read.preprocessing()).isEqualTo(model.preprocessing());
        assertThat(read.quantization()).isEqualTo(model.quantization());
        model.weights().tensors().forEach((name, tensor) -> {
            var other = read.weights().get(name);
            assertThat(other.type()).isEqualTo(tensor.type());
            assertThat(other.bytes().mismatch(tensor.bytes())).as(name).isNegative();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 16, 1000})
    void roundTripsToTheBit(int values) throws IOException {
        var model = PackedModels.clustered(values);
        var file = folder.resolve("model.mnz");
        PackedFile.write(model, file, ElementType.FLOAT32);
        assertSame(PackedFile.read(file), model);
        assertThat(Files.readAllBytes(file)).isEqualTo(PackedFile.bytes(model, ElementType.FLOAT32));
    }

    @Test
    void roundTripsOddModels() {
        for (long seed = 0; seed < 25; seed++) {
            var network = RandomNetworks.network(seed);
            var model = new Model(
                    network,
                    Weights.random(network, seed),
                    java.util.List.of(),
                    org.mobilenet4j.image.Preprocessing.TF_SLIM);
            assertSame(PackedFile.read(MemorySegment.ofArray(PackedFile.bytes(model, ElementType.FLOAT32))), model);
        }
        var quantized = QuantizedModels.model();
        assertSame(PackedFile.read(MemorySegment.ofArray(PackedFile.bytes(quantized, ElementType.FLOAT32))), quantized);
    }

    @Test
    void halvesWhatDoesNotRepeat() {
        var network = RandomNetworks.network(3);
        var model = new Model(
                network, Weights.random(network, 3), java.util.List.of(), org.mobilenet4j.image.Preprocessing.TF_SLIM);
        var read = PackedFile.read(MemorySegment.ofArray(PackedFile.bytes(model, ElementType.FLOAT16)));
        model.weights().tensors().forEach((name, tensor) -> {
            for (int i = 0; i < tensor.size(); i++) {
                assertThat(read.weights().get(name).get(i))
                        .isEqualTo(Float.float16ToFloat(Float.floatToFloat16(tensor.get(i))));
            }
        });
    }

    private static byte[] values(int count, double share, int kinds, int width) {
        var random = new Random(9);
        var bytes = new byte[count * width];
        for (int i = 0; i < count; i++) {
            if (random.nextDouble() < share) {
                bytes[i * width] = (byte) (1 + random.nextInt(kinds));
            }
        }
        return bytes;
    }

    /// Within three of a hundred of what Shannon's theorem allows, and the codebook.
    @ParameterizedTest
    @CsvSource({"0.2, 15, 4", "0.5, 100, 4", "0.05, 2, 2", "1, 64, 1"})
    void comesNearTheEntropy(double share, int kinds, int width) {
        int count = 100_000;
        var packed = PackedValues.shortest(values(count, share, kinds, width), width);
        double flags = share == 1 ? 0 : -share * log2(share) - (1 - share) * log2(1 - share);
        double bits = count * (flags + share * log2(kinds));
        assertThat(packed.coding()).isEqualTo(Coding.CODEBOOK);
        assertThat(8.0 * packed.bytes().remaining()).isBetween(bits * 0.98, bits * 1.03 + 8 * (kinds + 60) * width);
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    @Test
    void storesEachInTheShortestForm() {
        var random = new Random(4);
        var all = new byte[40_000];
        random.nextBytes(all);
        assertThat(PackedValues.shortest(all, 4).coding()).isEqualTo(Coding.RAW);
        for (int i = 0; i < all.length; i += 4) {
            if (i % 20 > 0) {
                all[i] = all[i + 1] = all[i + 2] = all[i + 3] = 0;
            }
        }
        // Two thousand different values, each once: a book of them takes more than they do.
        assertThat(PackedValues.shortest(all, 4).coding()).isEqualTo(Coding.SPARSE);
        var zeros = PackedValues.shortest(new byte[1 << 20], 4);
        assertThat(zeros.bytes().remaining()).isLessThan(300);
        assertThat(PackedValues.unpack(
                        zeros.coding(), MemorySegment.ofBuffer(zeros.bytes()), zeros.patterns(), 4, 1 << 18))
                .isEqualTo(new byte[1 << 20]);
    }

    private Path changed(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("hurt.mnz"), bytes);
    }

    private static String header(byte[] file) {
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(8);
        return new String(file, PREFIX, length, StandardCharsets.UTF_8);
    }

    private static byte[] withHeader(byte[] file, String header) {
        var json = header.getBytes(StandardCharsets.UTF_8);
        int data = PREFIX + header(file).getBytes(StandardCharsets.UTF_8).length;
        return ByteBuffer.allocate(PREFIX + json.length + file.length - data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(file, 0, 8)
                .putLong(json.length)
                .put(json)
                .put(file, data, file.length - data)
                .array();
    }

    private void assertRefused(byte[] bytes, String says) throws IOException {
        var file = changed(bytes);
        assertThatThrownBy(() -> PackedFile.read(file))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(says);
    }

    @Test
    void refusesDamagedFiles() throws IOException {
        var good = PackedFile.bytes(PackedModels.clustered(16), ElementType.FLOAT32);
        assertRefused(new byte[0], "is not a packed model");
        assertRefused(java.util.Arrays.copyOf(good, 12), "is not a packed model");
        assertRefused(java.util.Arrays.copyOf(good, 500), "cut off");
        assertRefused(java.util.Arrays.copyOf(good, good.length - 7), "cut off");
        assertRefused(java.util.Arrays.copyOf(good, good.length + 3), "belong to no tensor");
        var length = good.clone();
        length[15] = (byte) 0xff;
        assertRefused(length, "claims a header of");

        var header = header(good);
        assertRefused(withHeader(good, "[" + header + "]"), "not a JSON object");
        assertRefused(withHeader(good, header.replace("codebook", "magic")), "has the coding magic");
        assertRefused(withHeader(good, header.replace("\"patterns\":", "\"patterns\":9999999")), "patterns");
        assertRefused(withHeader(good, header.replaceFirst("\"patterns\":\\d+", "\"patterns\":3")), "the tensor ");
        assertRefused(withHeader(good, header.replace("[1,1,8,16]", "[1,1,8,1000000]")), "claims to unpack to");
        assertRefused(withHeader(good, header.replace("[1,1,8,16]", "[1,1,8,17]")), "the tensor ");
        assertThatThrownBy(() -> PackedFile.read(folder)).hasMessageContaining("is not a file");
        assertThatThrownBy(() -> PackedFile.read(folder.resolve("none.mnz"))).hasMessageContaining("no such file");
    }

    /// Whatever bit of the data flips: another model, or one line, and never another exception.
    @Test
    void survivesFlippedBits() throws IOException {
        var good = PackedFile.bytes(PackedModels.clustered(16), ElementType.FLOAT32);
        var random = new Random(8);
        for (int i = 0; i < 40; i++) {
            var hurt = good.clone();
            hurt[random.nextInt(hurt.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                PackedFile.read(MemorySegment.ofArray(hurt));
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }
}
