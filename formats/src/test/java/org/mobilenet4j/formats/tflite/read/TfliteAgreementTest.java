package org.mobilenet4j.formats.tflite.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.formats.IntegerRun;
import org.mobilenet4j.formats.QuantizedNetworks;
import org.mobilenet4j.formats.QuantizedTensors.Scheme;
import org.mobilenet4j.formats.SharedFiles;
import org.mobilenet4j.formats.TfliteOracle;
import org.mobilenet4j.image.ImageDecoder;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.infer.SessionOptions.Kernels;

/// TensorFlow Lite itself gives the same integers for networks at random, and for a published one.
///
/// Its own kernels are what must be met to the bit. XNNPACK rounds in its own ways: for it, a single operator
/// may be off by one.
class TfliteAgreementTest {
    private static final int NETWORKS = 110;

    @TempDir
    private Path folder;

    @BeforeEach
    void needsTheNativeEngine() {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "TensorFlow Lite is here for Linux on x86-64");
    }

    private Path file(QuantizedNetworks.Sample sample) throws IOException {
        return Files.write(folder.resolve("network.tflite"), sample.file());
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void networksAtRandomAreTheSameToTheBit(Scheme scheme) throws IOException {
        for (int seed = 0; seed < NETWORKS; seed++) {
            var sample = QuantizedNetworks.of(scheme, seed);
            var file = file(sample);
            var expected = new TfliteOracle(file, false).run(sample.input());
            var model = TfliteReader.read(file);

            for (var kernels : new Kernels[] {Kernels.SCALAR, Kernels.VECTOR, Kernels.MACHINE}) {
                var options = new SessionOptions(1 + seed % 2, kernels);
                assertThat(IntegerRun.run(model, sample.input(), options))
                        .as("seed %s, %s: %s", seed, kernels, sample.description())
                        .containsExactly(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void singleOperatorsAreOffByOneAtMostFromXnnpack(Scheme scheme) throws IOException {
        for (int kind = 0; kind < QuantizedNetworks.KINDS; kind++) {
            for (int seed = 0; seed < 8; seed++) {
                var sample = QuantizedNetworks.ofOne(scheme, kind, 1_000 + seed);
                var file = file(sample);
                var expected = new TfliteOracle(file, true).run(sample.input());
                var model = TfliteReader.read(file);
                var type = model.quantization().orElseThrow().input().type();
                var actual = IntegerRun.run(model, sample.input(), SessionOptions.DEFAULT.withKernels(Kernels.SCALAR));
                for (int i = 0; i < expected.length; i++) {
                    assertThat(Math.abs(IntegerRun.number(actual[i], type) - IntegerRun.number(expected[i], type)))
                            .as("seed %s: %s", seed, sample.description())
                            .isLessThanOrEqualTo(1);
                }
            }
        }
    }

    @Test
    void visualWakeWordsIsTheSameToTheBit() throws IOException {
        var file = SharedFiles.model("visual-wake-words/vww_96_int8.tflite");
        var model = TfliteReader.read(file);
        var oracle = new TfliteOracle(file, false);
        var random = new Random(1);
        for (int i = 0; i < 30; i++) {
            var input = new byte[model.network().input().elements()];
            if (i < 2) {
                input = pixels(SharedFiles.model("visual-wake-words/" + (i == 0 ? "person.bmp" : "no_person.bmp")));
            } else { // waves, so that not all answers are alike
                int length = random.nextInt(1, 60);
                for (int p = 0; p < input.length; p++) {
                    input[p] = (byte) (120 * Math.sin((double) p / length + i) + random.nextInt(8));
                }
            }
            var expected = oracle.run(input);
            for (var kernels : Kernels.values()) {
                assertThat(IntegerRun.run(model, input, new SessionOptions(1 + i % 2, kernels)))
                        .containsExactly(expected);
            }
        }
    }

    /// The pixels of a picture of the network's size as that network stores them.
    private static byte[] pixels(Path picture) throws IOException {
        var image = ImageDecoder.decode(picture);
        var stored = new byte[image.width() * image.height() * 3];
        for (int i = 0; i < stored.length; i++) {
            int pixel = i / 3;
            stored[i] = (byte) (image.at(pixel / image.width(), pixel % image.width(), i % 3) - 128);
        }
        return stored;
    }

    /// Pictures enter as TensorFlow Lite Micro's own test of this network (`person_detection_test.cc`) has
    /// them: the bytes of the bitmap copied as they are into a tensor of INT8, so that those from 128 on
    /// wrap around. As there, output 1 is a person. The runtime refuses this older file, whose biases name
    /// a dimension that they do not have, so the exact numbers are our own.
    @Test
    void thePersonDetectorTellsAPersonFromNobody() throws IOException {
        var model = TfliteReader.read(SharedFiles.model("visual-wake-words/person_detect.tflite"));
        for (var kernels : Kernels.values()) {
            var options = new SessionOptions(2, kernels);
            assertThat(IntegerRun.run(model, gray("person.bmp"), options)).containsExactly(-113, 113);
            assertThat(IntegerRun.run(model, gray("no_person.bmp"), options)).containsExactly(57, -57);
        }
    }

    private static byte[] gray(String picture) throws IOException {
        var image = ImageDecoder.decode(SharedFiles.model("visual-wake-words/" + picture));
        var bytes = new byte[image.width() * image.height()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) image.at(i / image.width(), i % image.width(), 0);
        }
        return bytes;
    }
}
