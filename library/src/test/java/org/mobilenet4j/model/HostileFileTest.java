package org.mobilenet4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.model.file.Safetensors;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;

/// Files that are damaged or made to harm: each is one clear line, never another exception, never much memory.
class HostileFileTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("model.safetensors");
    }

    private byte[] small() throws IOException {
        var network = new Network(
                "small",
                new Shape(4, 4, 1),
                Sequence.of(
                        new Conv("conv", 2, Window.square(3, 2, Padding.SAME), 1, true),
                        Activation.relu("relu"),
                        new Flatten("flatten"),
                        Dense.of("fc", 2)));
        var model = new Model(
                network,
                Weights.random(network, 1),
                List.of("yes", "no"),
                Preprocessing.TF_SLIM,
                Map.of("from", "a test"));
        ModelFile.write(model, file, ElementType.FLOAT32);
        return Files.readAllBytes(file);
    }

    private void assertRefused(byte[] bytes, String message) throws IOException {
        Files.write(file, bytes);
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1).hasSizeLessThan(1000));
    }

    private static String tensor(String name, String dtype, String shape, String offsets) {
        return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets
                + "}";
    }

    @Test
    void wrongLengths() throws IOException {
        assertRefused(new byte[0], "is empty");
        assertRefused(new byte[5], "has only 5 bytes");
        assertRefused(new byte[8], "not a safetensors file");
        assertRefused(RawFile.bytes(Long.MIN_VALUE, new byte[0], 0), "claims a header of 9223372036854775808 bytes");
        assertRefused(RawFile.bytes(-1, new byte[0], 0), "claims a header of 18446744073709551615 bytes");
        assertRefused(RawFile.bytes(Long.MAX_VALUE, new byte[0], 0), "over the limit of 16777216");
        assertRefused(RawFile.bytes((1 << 24) + 1, new byte[0], 0), "over the limit of 16777216");
        assertRefused(RawFile.bytes(1 << 24, new byte[3], 0), "claims a header of 16777216 bytes, but has only 3");
    }

    @Test
    void headersThatAreNoJson() throws IOException {
        assertRefused(RawFile.bytes(2, new byte[] {(byte) 0xff, (byte) 0xfe}, 0), "not UTF-8");
        assertRefused(RawFile.bytes("TFL3 is not JSON", 0), "not JSON");
        assertRefused(RawFile.bytes("[]", 0), "not JSON");
        assertRefused(RawFile.bytes("{\"a\":", 0), "its header is not valid JSON");
        assertRefused(RawFile.bytes("{\"\u001b[31m\n\":{{", 0), "its header is not valid JSON");
        assertRefused(RawFile.bytes("{} x", 0), "its header is not valid JSON");
        assertRefused(RawFile.bytes("{}{}", 0), "continues after its end");
        assertRefused(RawFile.bytes("{\"a\":".repeat(1_000_000), 0), "nesting depth");
        assertRefused(RawFile.bytes("{\"__metadata__\":" + "[".repeat(1_000_000), 0), "nesting depth");
        assertRefused(RawFile.bytes("{\"a\":" + "9".repeat(5_000_000) + "}", 0), "its header is not valid JSON");
    }

    @Test
    void wrongMetadata() throws IOException {
        assertRefused(RawFile.bytes("{}", 0), "without a mobilenet4j network");
        assertRefused(RawFile.bytes("{\"__metadata__\":[]}", 0), "__metadata__ must be a JSON object");
        assertRefused(RawFile.bytes("{\"__metadata__\":{\"a\":1}}", 0), "metadata \"a\" must be a string");
        assertRefused(RawFile.bytes("{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}", 0), "gives \"a\" twice");
        assertRefused(RawFile.bytes("{\"__metadata__\":{},\"__metadata__\":{}}", 0), "gives \"__metadata__\" twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "F32| [2]| [0,4]| the tensor a of 2 F32 needs 8 bytes, but has 4",
                "F32| [3]| [0,12]| the tensor a ends at byte 12 of the data, but the file has only 8",
                "F32| [1]| [4,8]| bytes 0 to 4 of its data belong to no tensor",
                "F32| [1]| [0,4]| bytes 4 to 8 of its data belong to no tensor",
                "BF16| [4]| [0,8]| the tensor a has the dtype BF16; only F32, F16, I8, U8 and I32 are supported",
                "F64| [1]| [0,8]| the tensor a has the dtype F64",
                "F32| [2,0]| [0,0]| the tensor a has a dimension that is not a positive",
                "F32| [-2]| [0,8]| the tensor a has a dimension that is not a positive",
                "F32| [4294967298]| [0,8]| the tensor a has a dimension that is not a positive",
                "F32| [2.0]| [0,8]| the tensor a has a dimension that is not a positive",
                "F32| [2147483647,2147483647,4]| [0,8]| the tensor a: a tensor of 2147483647x2147483647x4 is larger",
                "F32| [65536,65536,65536,65536]| [0,0]| the tensor a: a tensor of",
                "F32| [1,1,1,1,1,1,1,1,2]| [0,8]| the tensor a has 9 dimensions; the limit is 8",
                "I64| [2]| [0,8]| the tensor a of 2 I64 needs 16 bytes, but has 8",
                "F32| 2| [0,8]| the tensor a: \"shape\" must be a list",
                "F32| [2]| [0]| must have data_offsets [begin, end]",
                "F32| [2]| [0,8,8]| must have data_offsets [begin, end]",
                "F32| [2]| [8,0]| must have data_offsets [begin, end]",
                "F32| [2]| [-8,0]| must have data_offsets [begin, end]",
                "F32| [2]| [0,9223372036854775807]| ends at byte 9223372036854775807",
                "F32| [2]| [0,9223372036854775808]| its header is not valid JSON",
                "F32| [2]| [0,8],\"x\":1| the tensor a has an unknown field \"x\"",
                "F32| [2],\"dtype\":\"F32\"| [0,8]| gives \"dtype\" twice",
            })
    void wrongTensors(String dtype, String shape, String offsets, String message) throws IOException {
        assertRefused(RawFile.bytes("{" + tensor("a", dtype, shape, offsets) + "}", 8), message);
    }

    @Test
    void wrongPairsOfTensors() throws IOException {
        var a = tensor("a", "F32", "[2]", "[0,8]");
        assertRefused(RawFile.bytes("{" + a + "," + a + "}", 8), "its header gives \"a\" twice");
        assertRefused(
                RawFile.bytes("{" + tensor("b", "F32", "[2]", "[4,12]") + "," + a + "}", 12),
                "the tensors a and b overlap");
        assertRefused(RawFile.bytes("{" + tensor("b", "F16", "[4]", "[0,8]") + "," + a + "}", 8), "overlap");
        assertRefused(
                RawFile.bytes("{" + tensor("b", "F32", "[1]", "[12,16]") + "," + a + "}", 16),
                "bytes 8 to 12 of its data belong to no tensor");
        assertRefused(RawFile.bytes("{" + a + ",\"b\":7}", 8), "the tensor b must be a JSON object, not 7");
        assertRefused(RawFile.bytes("{" + a + ",\"b\":{}}", 8), "the tensor b lacks the field \"dtype\"");
        assertRefused(RawFile.bytes("{}", 1), "bytes 0 to 1 of its data belong to no tensor");
    }

    @Test
    void longNamesMakeShortMessages() throws IOException {
        var name = "\\u001b[2J\\n\\u2028\\u202e" + "x".repeat(1_000_000);

        assertRefused(RawFile.bytes("{" + tensor(name, "F8_E5M2", "[1]", "[0,1]") + "}", 1), "the tensor ?[2J???xxx");
    }

    @Test
    void hugeTensorsAreRefusedByTheFilesLength() throws IOException {
        // Five tensors of 4 GiB in a file of a few hundred bytes: the claims alone must not cost anything.
        var header = new StringBuilder("{");
        for (long i = 0; i < 5; i++) {
            header.append(tensor("t" + i, "F32", "[1073741824]", "[" + (i << 32) + "," + ((i + 1) << 32) + "]"))
                    .append(i < 4 ? "," : "}");
        }
        assertRefused(
                RawFile.bytes(header.toString(), 0), "ends at byte 4294967296 of the data, but the file has only 0");
    }

    @Test
    void hugeFilesAreMappedNotRead() throws IOException {
        // A sparse file of 16 GiB, more than the heap: it opens, and any value can be looked at.
        var header = "{" + tensor("a", "F32", "[1073741824]", "[0,4294967296]") + ","
                + tensor("b", "F32", "[1073741824]", "[4294967296,8589934592]") + ","
                + tensor("c", "F32", "[1073741824]", "[8589934592,12884901888]") + ","
                + tensor("d", "F32", "[1073741824]", "[12884901888,17179869184]") + "}";
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(RawFile.bytes(header, 0));
            sparse.setLength(sparse.length() + (1L << 34));
        }

        var tensors = new Weights(Safetensors.read(file).tensors());

        assertThat(tensors.get("d").get((1 << 30) - 1)).isZero();
    }

    @Test
    void truncationAnywhereIsNoticed() throws IOException {
        var whole = small();
        for (int length = 0; length < whole.length; length++) {
            assertRefused(java.util.Arrays.copyOf(whole, length), "");
        }
        assertRefused(java.util.Arrays.copyOf(whole, whole.length + 1), "belong to no tensor");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedBytesMakeAModelOrOneLine(long seed) throws IOException {
        var whole = small();
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int refused = 0;
        for (int trial = 0; trial < 500; trial++) {
            var damaged = whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                int at = random.nextInt(damaged.length);
                damaged[at] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : damaged[at] ^ 1 << random.nextInt(8));
            }
            refused += refuses(damaged) ? 1 : 0;
        }
        assertThat(refused).isBetween(200, 499);
    }

    /// Digits are what decides about sizes: exchange integers for others.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "2147483647",
                "2147483648",
                "4294967297",
                "9223372036854775807",
                "1e3",
                "null",
                "[]",
                "{}"
            })
    void otherNumbersMakeAModelOrOneLine(String number) throws IOException {
        var whole = small();
        int headerBytes = RawFile.headerBytes(whole);
        var header = new String(whole, Long.BYTES, headerBytes, StandardCharsets.UTF_8);
        int dataBytes = whole.length - Long.BYTES - headerBytes;
        var digits = java.util.regex.Pattern.compile("(?<=[:,\\[])\\d+").matcher(header);
        int refused = 0;
        while (digits.find()) {
            var changed = header.substring(0, digits.start()) + number + header.substring(digits.end());
            refused += refuses(RawFile.bytes(changed, dataBytes)) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(15);
    }

    private boolean refuses(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try {
            ModelFile.read(file).weights().nonFinite();
            return false;
        } catch (BadFileException e) {
            assertThat(e.getMessage()).startsWith(file + ": ").hasLineCount(1);
            return true;
        } catch (RuntimeException e) {
            return fail("not one clear line but an exception for " + new String(bytes, StandardCharsets.ISO_8859_1), e);
        }
    }
}
