package org.mobilenet4j.formats.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.mobilenet4j.formats.OnnxBuilder.number;
import static org.mobilenet4j.formats.OnnxBuilder.numbers;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.OnnxBuilder;
import org.mobilenet4j.formats.OnnxRandomNetworks;
import org.mobilenet4j.formats.QdqGraph;
import org.mobilenet4j.formats.QuantizedNetworks;
import org.mobilenet4j.formats.QuantizedTensors;
import org.mobilenet4j.formats.onnx.write.OnnxWriter;
import org.mobilenet4j.formats.tflite.read.TfliteReader;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;

/// Cut and damaged files: one line that names the file, or a model, and nothing else.
class OnnxDamageTest {
    private static final Path NAME = Path.of("hurt.onnx");

    /// What reading makes of `bytes`, or null after one good line.
    private static @Nullable Model read(byte[] bytes) {
        try {
            return OnnxReader.read(NAME, bytes);
        } catch (BadFileException e) {
            assertThat(e.getMessage())
                    .startsWith(NAME + ": ")
                    .hasSizeLessThan(1000)
                    .doesNotContain("\n");
            return null;
        } catch (IOException | RuntimeException e) {
            return fail("another exception than the reader's", e);
        }
    }

    /// Files that we write, of all layers, of floats and of integers, and two as others write them.
    private static List<byte[]> seeds() throws IOException {
        var seeds = new ArrayList<byte[]>();
        for (long seed = 0; seeds.size() < 12; seed++) {
            var network = OnnxRandomNetworks.network(seed);
            var model = new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM);
            var type = seed % 4 == 0 ? ElementType.FLOAT16 : ElementType.FLOAT32;
            seeds.add(OnnxWriter.bytes(model, type));
        }
        foreign().forEach(seeds::add);
        for (var scheme : QuantizedTensors.Scheme.values()) {
            var file = MemorySegment.ofArray(QuantizedNetworks.of(scheme, 3).file());
            seeds.add(OnnxWriter.bytes(TfliteReader.read(Path.of("some.tflite"), file), ElementType.FLOAT32));
        }
        seeds.add(QdqGraph.bytes());
        return seeds;
    }

    /// A file as others write it.
    static Stream<byte[]> foreign() {
        var b = OnnxBuilder.tf2onnx(13);
        var x = b.node("Transpose", b.input(-1, 5, 5, 2), numbers("perm", 0, 3, 1, 2));
        x = b.node("Pad", List.of(x, b.wholes("pads", 0, 0, 0, 0, 0, 0, 1, 1)));
        x = b.node("Conv", List.of(x, b.floats("w", 4, 2, 3, 3)), numbers("strides", 2, 2));
        x = b.node("Add", List.of(x, b.floats("bias", 4, 1, 1)));
        x = b.node("MaxPool", x, numbers("kernel_shape", 2, 2), number("ceil_mode", 1));
        var batch = b.node("Gather", List.of(b.node("Shape", x), b.wholes("first", 0)));
        var sizes = b.node("Concat", List.of(batch, b.wholes("rest", -1)), number("axis", 0));
        x = b.node("Reshape", List.of(x, sizes));
        x = b.node("MatMul", List.of(x, b.floats("v", 4, 3)));
        return Stream.of(b.build(b.node("Softmax", x)));
    }

    @Test
    void everyCutIsNoticedOrLeavesTheNetworkWhole() throws IOException {
        int models = 0;
        for (var bytes : seeds().subList(0, 4)) {
            var whole = OnnxReader.read(NAME, bytes);
            // The ends byte by byte; what lies between is weights for the most part.
            for (int length = 0;
                    length < bytes.length;
                    length += length > 600 && length < bytes.length - 900 ? 13 : 1) {
                var model = read(Arrays.copyOf(bytes, length));
                if (model != null) {
                    models++;
                    assertThat(model.network().nodes())
                            .hasSameSizeAs(whole.network().nodes());
                }
            }
        }
        // Metadata comes last: without any of it, a file is one of another program's.
        assertThat(models).isEqualTo(4);
    }

    @Test
    void changedBytesMakeAModelOrOneLine() throws IOException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        var seeds = seeds();
        int models = 0;
        for (int round = 0; round < 5_000; round++) {
            var bytes = seeds.get(round % seeds.size()).clone();
            damage(bytes, random);
            models += read(bytes) == null ? 0 : 1;
        }
        // Many bytes are weights, and any weight will do; enough of the rest must be noticed.
        assertThat(models).isBetween(250, 4_750);
    }

    private static void damage(byte[] bytes, RandomGenerator random) {
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> Arrays.fill(bytes, at, Math.min(at + 4, bytes.length), (byte) 0xff);
                default -> Arrays.fill(bytes, at, Math.min(at + 4, bytes.length), (byte) 0);
            }
        }
    }
}
