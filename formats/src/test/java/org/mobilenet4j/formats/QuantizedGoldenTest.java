package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.ActivationQuantization;

/// TF-Slim's quantised networks on two photos, as TensorFlow Lite ran them: the same integers, not nearly.
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
}
