package org.mobilenet4j.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.image.ChannelOrder;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.tensor.Shape;

/// A photo that inference pads to a square is padded in training, too.
class PaddedPhotoTest {
    private static final Shape INPUT = new Shape(12, 12, 3);

    @ParameterizedTest
    @CsvSource({"20, 9, 1", "9, 20, 1", "16, 16, 1", "30, 11, 0.875"})
    void aFlippedPhotoIsTheMirrorImageOfWhatInferenceSees(int height, int width, double crop) {
        var rgb = new byte[3 * height * width];
        new Random(1).nextBytes(rgb);
        var photo = new Image(height, width, rgb);
        var preprocessing = new Preprocessing(crop, Resize.ANTIALIAS, Normalization.SIGNED, ChannelOrder.RGB, true);
        var seen = new float[INPUT.elements()];
        new Preprocessor(preprocessing, INPUT).apply(photo, seen, 0);

        var trained = new float[INPUT.elements()];
        boolean isFlipped = new Augmenter(Augmentation.NONE.withFlip(1), preprocessing, INPUT)
                .apply(photo, new SplittableRandom(1), trained, 0);

        assertThat(isFlipped).isTrue();
        for (int y = 0; y < INPUT.height(); y++) {
            for (int x = 0; x < INPUT.width(); x++) {
                for (int c = 0; c < 3; c++) {
                    int mirrored = (y * INPUT.width() + INPUT.width() - 1 - x) * 3 + c;
                    assertThat(trained[mirrored]).isCloseTo(seen[(y * INPUT.width() + x) * 3 + c], within(1e-5f));
                }
            }
        }
    }
}
