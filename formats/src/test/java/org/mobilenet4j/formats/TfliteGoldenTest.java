package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.formats.tflite.read.TfliteReader;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.tensor.ElementType;

/// TF-Slim's own network on two photos, as TensorFlow Lite ran it.
class TfliteGoldenTest {
    private static float[] floats(String path) throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(SharedFiles.model("imagenet/goldens/float/" + path)));
        var values = new float[bytes.capacity() / 4];
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    private static int best(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    @ParameterizedTest
    @CsvSource({"banana, toucan", "cup, coffee mug"})
    void outputsAreTensorFlowLitesOnEveryPath(String photo, String label, @TempDir Path folder) throws IOException {
        var original = TfliteReader.read(SharedFiles.model("imagenet/mobilenet_v1_0.25_128.tflite"));
        var converted = folder.resolve("net.safetensors");
        ModelFormats.write(original, converted, ElementType.FLOAT32);
        var input = floats(photo + "_128.input");
        var expected = floats(photo + "_0.25_128.output");

        for (var model : List.of(original, ModelFormats.read(converted))) {
            for (var kernels : SessionOptions.Kernels.values()) {
                for (int threads = 1; threads <= 2; threads++) {
                    var session = Session.open(model, new SessionOptions(threads, kernels));
                    assertThat(session.run(input, 1)).containsExactly(expected, within(1e-5f));
                    assertThat(session.run(times(input, 3), 3)).containsExactly(times(expected, 3), within(1e-5f));
                }
            }
            // The smallest network takes the banana for a toucan and the cup for a coffee mug; so does TensorFlow Lite.
            assertThat(model.label(best(expected))).isEqualTo(label);
        }
    }

    private static float[] times(float[] values, int count) {
        var all = new float[values.length * count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(values, 0, all, i * values.length, values.length);
        }
        return all;
    }
}
