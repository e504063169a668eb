package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.image.ImageDecoder;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.model.Model;

/// A file that Keras itself wrote, against the same network that TensorFlow's converter made of it.
class KerasFilesTest {
    private static Model keras() throws IOException {
        return ModelFormats.read(SharedFiles.model("visual-wake-words/vww_96.h5"));
    }

    private static Model tflite() throws IOException {
        return ModelFormats.read(SharedFiles.model("visual-wake-words/vww_96_float.tflite"));
    }

    @Test
    void randomInputsHaveTheSameProbabilities() throws IOException {
        Agreement.assertSame(keras(), tflite(), 1e-4f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"person.bmp", "no_person.bmp"})
    void picturesHaveTheSameProbabilities(String name) throws IOException {
        var keras = keras();
        var image = ImageDecoder.decode(SharedFiles.model("visual-wake-words/" + name));
        var input = new float[keras.network().input().elements()];
        new Preprocessor(keras.preprocessing(), keras.network().input()).apply(image, input, 0);

        assertThat(Agreement.run(keras, input)).containsExactly(Agreement.run(tflite(), input), within(1e-4f));
    }

    @Test
    void batchNormalizationIsKept() throws IOException {
        var nodes = keras().network().nodes();
        assertThat(nodes.stream().filter(node -> node.layer() instanceof BatchNorm))
                .hasSize(27);
        assertThat(IntStream.range(0, 3).mapToObj(i -> nodes.get(i).name()))
                .containsExactly("conv2d", "batch_normalization", "activation");
    }
}
