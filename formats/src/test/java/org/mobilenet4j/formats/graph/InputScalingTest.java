package org.mobilenet4j.formats.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;

class InputScalingTest {
    private static InputScaling scaling(double scale, double offset) {
        var scaling = new InputScaling();
        scaling.then(new double[] {scale}, new double[] {offset});
        return scaling;
    }

    /// What networks are known to begin with.
    @ParameterizedTest
    @CsvSource({
        "0.00784313725, -1, BYTES", // Keras, TensorFlow: x / 127.5 - 1
        "0.00392156863, 0, BYTES", // x / 255
        "1, -127.5, BYTES",
        "1, -123.68, BYTES", // Caffe's means
        "0.017, -2.1, BYTES", // (x - 123) / 58
        "0.0078125, -0.9921875, BYTES", // (x - 127) / 128
        "2, -1, UNIT", // TensorFlow Hub
        "4.4, -2.1, UNIT", // (x - 0.48) / 0.225
        "1, -0.5, UNIT",
        "255, 0, UNIT",
        "127.5, 127.5, SIGNED", // back to pixels
        "0.5, 0.5, SIGNED",
    })
    void pixelsAreTakenFromWhatIsDoneToThem(double scale, double offset, PixelRange range) {
        assertThat(scaling(scale, offset).range()).isEqualTo(range);
    }

    @Test
    void everyRangeGivesTheSameNormalization() {
        assertThat(scaling(1 / 127.5, -1).normalization()).isEqualTo(Normalization.SIGNED);
        assertThat(scaling(2, -1).normalization()).isEqualTo(Normalization.SIGNED);
        assertThat(scaling(1 / 255.0, 0).normalization()).isEqualTo(Normalization.UNIT);
        assertThat(scaling(0.5, 0.5).normalization()).isEqualTo(Normalization.UNIT);
    }

    @Test
    void whatComesFirstCountsToo() {
        var scaling = new InputScaling();
        scaling.then(
                new double[] {1 / 0.229, 1 / 0.224, 1 / 0.225},
                new double[] {-0.485 / 0.229, -0.456 / 0.224, -0.406 / 0.225});
        var notes = new LinkedHashMap<String, String>();
        var alone = scaling.preprocessing(Preprocessing.TF_SLIM, null, notes).normalization();
        var behind = scaling.normalization(Normalization.UNIT);
        for (int c = 0; c < 3; c++) {
            float mean = Normalization.IMAGENET.mean().get(c);
            float std = Normalization.IMAGENET.std().get(c);
            assertThat(alone.mean().get(c)).isCloseTo(mean, within(1e-6f));
            assertThat(alone.std().get(c)).isCloseTo(std, within(1e-6f));
            assertThat(behind.mean().get(c)).isCloseTo(mean, within(1e-6f));
            assertThat(behind.std().get(c)).isCloseTo(std, within(1e-6f));
        }
        assertThat(notes.get("preprocessing")).contains("pixels from 0 to 1");
    }
}
