package org.mobilenet4j.formats.tflite.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.formats.SharedFiles;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.ActivationQuantization;

/// TF-Slim's quantized networks on two photos, as TensorFlow Lite ran them: the same integers, not nearly.
class QuantizedGoldenTest {
    private static byte[] bytes(String path) throws IOException {
        return Files.readAllBytes(SharedFiles.model("imagenet/goldens/quantized/" + path));
    }

    /// What the stored numbers stand for.
    private static float[] reals(byte[] stored, ActivationQuantization map) {
        var reals = new float[stored.length];
        for (int i = 0; i < stored.length; i++) {
            reals[i] = map.scale() * ((stored[i] & 0xff) - map.zeroPoint());
        }
        return reals;
    }

    @ParameterizedTest
    @CsvSource({
        "banana, 0.25, 128", "cup, 0.25, 128",
        "banana, 0.5, 160", "cup, 0.5, 160",
        "banana, 0.75, 192", "cup, 0.75, 192"
    })
    void outputsAreTensorFlowLitesBitsOnEveryPath(String photo, String alpha, String resolution) throws IOException {
        var name = alpha + "_" + resolution;
        var model = TfliteReader.read(SharedFiles.model("imagenet/mobilenet_v1_" + name + "_quant.tflite"));
        var maps = model.quantization().orElseThrow();
        var nodes = model.network().nodes();
        var input = reals(bytes(photo + "_" + resolution + ".input"), maps.input());
        var expected = reals(bytes(photo + "_" + name + ".output"), maps.of(model.network(), nodes.getLast()));

        for (var kernels : SessionOptions.Kernels.values()) {
            for (int threads = 1; threads <= 2; threads++) {
                var session = Session.open(model, new SessionOptions(threads, kernels));
                assertThat(session.plan().usesIntegers()).isTrue();
                assertThat(session.run(input, 1)).containsExactly(expected);
            }
        }
    }

    /// The JIT goes on compiling for a while; steady is what remains.
    @ParameterizedTest
    @EnumSource(SessionOptions.Kernels.class)
    void nothingIsAllocatedInTheSteadyState(SessionOptions.Kernels kernels) throws IOException {
        var model = TfliteReader.read(SharedFiles.model("imagenet/mobilenet_v1_0.25_128_quant.tflite"));
        var session = Session.open(model, new SessionOptions(1, kernels));
        var input = new float[model.network().input().elements()];
        var output = new float[model.classes()];
        session.run(input, 1, output);
        session.plan().awaitWarm();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 300 && bytes >= 200; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int run = 0; run < 20; run++) {
                session.run(input, 1, output);
            }
            bytes = (threads.getCurrentThreadAllocatedBytes() - before) / 20;
        }

        assertThat(bytes).isLessThan(200);
    }

    /// With floats nothing is rounded in between, so the same class comes out with about the same probability. Their
    /// ReLU6 is nowhere in these files but in the ranges of what is stored.
    @ParameterizedTest
    @CsvSource({
        "banana, 0.25, 128", "cup, 0.25, 128",
        "banana, 0.5, 160", "cup, 0.5, 160",
        "banana, 0.75, 192", "cup, 0.75, 192"
    })
    void floatsComeNear(String photo, String alpha, String resolution) throws IOException {
        var model = TfliteReader.read(
                SharedFiles.model("imagenet/mobilenet_v1_" + alpha + "_" + resolution + "_quant.tflite"));
        var input = reals(
                bytes(photo + "_" + resolution + ".input"),
                model.quantization().orElseThrow().input());
        var integers = Session.open(model).run(input, 1);
        var options = SessionOptions.DEFAULT.withNumbers(SessionOptions.Numbers.FLOATS);
        var floats = Session.open(model, options).run(input, 1);
        for (int i = 0; i < floats.length; i++) {
            assertThat(floats[i]).as("class %d", i).isCloseTo(integers[i], within(0.15f));
        }
        assertThat(largest(floats)).isEqualTo(largest(integers));
    }

    private static int largest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
