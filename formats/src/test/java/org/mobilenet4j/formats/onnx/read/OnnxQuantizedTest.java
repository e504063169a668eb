package org.mobilenet4j.formats.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.formats.OnnxOracle;
import org.mobilenet4j.formats.QuantizedNetworks;
import org.mobilenet4j.formats.QuantizedTensors.Scheme;
import org.mobilenet4j.formats.SharedFiles;
import org.mobilenet4j.formats.onnx.write.OnnxWriter;
import org.mobilenet4j.formats.tflite.read.TfliteReader;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.ElementType;

/// Quantized networks written as ONNX are the same to the bit when read back, and within the rounding of their layers
/// to ONNX Runtime.
class OnnxQuantizedTest {
    private static final Path NAME = Path.of("some.onnx");
    private static final int NETWORKS = 40;

    /// Networks at random have one to six operators and mostly a classifier, and each may round the other way.
    private static final int RANDOM_BOUND = 3;

    /// One step of a coarse map may be half of all that a sigmoid or a finer scale makes of it: no bound is true of
    /// networks with those inside, nor of a softmax where one step of its input is a factor of e. They come back to
    /// the bit, and each such operator alone is off by one at most.
    private static final int NO_BOUND = 256;

    /// In steps of the probabilities, 256 of which make 1; some 30 layers round before. Measured are 3 to 14, and 1 to
    /// 8 where ONNX Runtime computes with integers.
    private static final int GOLDEN_BOUND = 16;

    private static ActivationQuantization output(Model model) {
        return model.quantization()
                .orElseThrow()
                .of(model.network(), model.network().nodes().getLast());
    }

    private static float[] run(Model model, float[] input) {
        var session = Session.open(model, SessionOptions.DEFAULT.withKernels(SessionOptions.Kernels.SCALAR));
        assertThat(session.plan().usesIntegers()).isTrue();
        return session.run(input, 1);
    }

    /// What stored numbers stand for.
    private static float[] reals(byte[] stored, ActivationQuantization map) {
        var reals = new float[stored.length];
        for (int i = 0; i < stored.length; i++) {
            int number = map.type() == ElementType.UINT8 ? stored[i] & 0xff : stored[i];
            reals[i] = map.scale() * (number - map.zeroPoint());
        }
        return reals;
    }

    /// The largest difference, in steps of the output's scale.
    private static int steps(float[] actual, float[] expected, ActivationQuantization map) {
        assertThat(actual).hasSameSizeAs(expected);
        int most = 0;
        for (int i = 0; i < expected.length; i++) {
            most = Math.max(most, Math.round(Math.abs(actual[i] - expected[i]) / map.scale()));
        }
        return most;
    }

    private static void assertComesBack(Model model, byte[] file, float[] input) throws IOException {
        var back = OnnxReader.read(NAME, file);
        assertThat(back.quantization().orElseThrow().input())
                .isEqualTo(model.quantization().orElseThrow().input());
        assertThat(output(back)).isEqualTo(output(model));
        assertThat(run(back, input)).containsExactly(run(model, input));
    }

    @ParameterizedTest
    @CsvSource({
        "banana, 0.25, 128", "cup, 0.25, 128",
        "banana, 0.5, 160", "cup, 0.5, 160",
        "banana, 0.75, 192", "cup, 0.75, 192"
    })
    void publishedNetworks(String photo, String alpha, String resolution) throws IOException, OrtException {
        var model = TfliteReader.read(
                SharedFiles.model("imagenet/mobilenet_v1_" + alpha + "_" + resolution + "_quant.tflite"));
        var stored = Files.readAllBytes(
                SharedFiles.model("imagenet/goldens/quantized/" + photo + "_" + resolution + ".input"));
        var input = reals(stored, model.quantization().orElseThrow().input());
        var file = OnnxWriter.bytes(model, ElementType.FLOAT32);

        assertComesBack(model, file, input);
        assertThat(OnnxReader.read(NAME, file).network()).isEqualTo(model.network());
        assertThat(OnnxReader.read(NAME, file).quantization()).isEqualTo(model.quantization());
        var ours = run(model, input);
        try (var plain = OnnxOracle.open(file, model.network());
                var rewritten = OnnxOracle.openRewritten(file, model.network())) {
            for (var oracle : List.of(plain, rewritten)) {
                var theirs = oracle.run(input, 1);
                assertThat(steps(theirs, ours, output(model))).isLessThanOrEqualTo(GOLDEN_BOUND);
                assertThat(largest(theirs)).isEqualTo(largest(ours));
            }
        }
    }

    private static int largest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void networksAtRandom(Scheme scheme) throws IOException, OrtException {
        for (int seed = 0; seed < NETWORKS; seed++) {
            var sample = QuantizedNetworks.of(scheme, 500 + seed);
            boolean isSteep = sample.description().contains("logistic")
                    || sample.description().contains(", quantize");
            check(sample, isSteep ? NO_BOUND : RANDOM_BOUND);
        }
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void singleOperatorsAreOffByOneAtMost(Scheme scheme) throws IOException, OrtException {
        for (int kind = 0; kind < QuantizedNetworks.KINDS; kind++) {
            for (int seed = 0; seed < 4; seed++) {
                check(QuantizedNetworks.ofOne(scheme, kind, 2_000 + seed), 1);
            }
        }
    }

    private static void check(QuantizedNetworks.Sample sample, int bound) throws IOException, OrtException {
        var model = TfliteReader.read(Path.of("some.tflite"), MemorySegment.ofArray(sample.file()));
        var input = reals(sample.input(), model.quantization().orElseThrow().input());
        var file = OnnxWriter.bytes(model, ElementType.FLOAT32);
        assertComesBack(model, file, input);
        var ours = run(model, input);
        int most = endsSteeply(model) ? NO_BOUND : bound;
        try (var plain = OnnxOracle.open(file, model.network());
                var rewritten = OnnxOracle.openRewritten(file, model.network())) {
            for (var oracle : List.of(plain, rewritten)) {
                assertThat(steps(oracle.run(input, 1), ours, output(model)))
                        .as(sample.description())
                        .isLessThanOrEqualTo(most);
            }
        }
    }

    private static boolean endsSteeply(Model model) {
        var last = model.network().nodes().getLast();
        var maps = model.quantization().orElseThrow();
        return last.layer() instanceof Softmax
                && maps.of(model.network(), last.inputs().getFirst()).scale() > 1;
    }
}
