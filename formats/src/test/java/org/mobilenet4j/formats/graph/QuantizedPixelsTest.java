package org.mobilenet4j.formats.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.formats.SharedFiles;
import org.mobilenet4j.formats.tflite.read.TfliteReader;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.tensor.ElementType;

/// A quantized input takes the bytes of a photo, unless its scale and zero point tell that it does not.
class QuantizedPixelsTest {
    private static final List<ElementType> TYPES = List.of(ElementType.INT8, ElementType.UINT8);

    /// Mean and deviation on the scale of 0 to 255, as metadata has them.
    private static Normalization of(double mean, double std) {
        float m = (float) (mean / 255);
        float s = (float) (std / 255);
        return new Normalization(List.of(m, m, m), List.of(s, s, s));
    }

    /// An input for real values from `low` to `high`.
    private static QuantizedPixels input(ElementType type, double low, double high) {
        float scale = (float) ((high - low) / 255);
        int zero = type.least() + (int) Math.round(-low / scale);
        return new QuantizedPixels(new ActivationQuantization(type, scale, zero));
    }

    @Test
    void bytesGoInAsTheyAre() {
        for (var type : TYPES) {
            for (double[] range : new double[][] {{-1, 1}, {0, 1}, {0, 255}, {-2.1, 2.6}}) {
                var pixels = input(type, range[0], range[1]);
                var normalization = pixels.asTheyAre();
                for (int pixel = 0; pixel <= 255; pixel++) {
                    double real = (pixel / 255.0 - normalization.mean().getFirst())
                            / normalization.std().getFirst();
                    assertThat(real / pixels.input().scale() + pixels.input().zeroPoint() - type.least())
                            .isCloseTo(pixel, within(1e-3));
                }
            }
        }
    }

    @Test
    void whatMetadataSaysOfFloatsIsNotAppliedToBytes() {
        for (var type : TYPES) {
            var signed = input(type, -1, 1);
            for (double[] described : new double[][] {{0, 1}, {127.5, 127.5}, {127, 127}, {128, 128}, {0, 255}}) {
                assertThat(signed.areDescribedBy(of(described[0], described[1])))
                        .isFalse();
            }
            assertThat(signed.areDescribedBy(Normalization.IMAGENET)).isFalse();
            assertThat(input(type, 0, 1).areDescribedBy(of(127.5, 127.5))).isFalse();
            assertThat(input(type, 0, 255).areDescribedBy(of(0, 1))).isFalse();
        }
    }

    @Test
    void scaleAndZeroPointCanTellThatTheyAreNotBytes() {
        for (var type : TYPES) {
            assertThat(input(type, -2.2, 2.7).areDescribedBy(Normalization.IMAGENET))
                    .isTrue();
            assertThat(input(type, -6, 6).areDescribedBy(of(127.5, 127.5))).isTrue();
        }
    }

    /// The same weights with three kinds of metadata: the same answer, TFLite's for these bytes.
    @Test
    void theSameFileAnswersTheSameWhateverItsMetadataSays() throws IOException {
        var rgb = new byte[16 * 16 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i % 3 == 0 ? 250 : i % 3 == 1 ? 140 : 20);
        }
        var orange = new Image(16, 16, rgb);
        for (var name : List.of("no_metadata", "metadata_mean0_std1", "metadata_mean127_std127")) {
            var model = TfliteReader.read(SharedFiles.cases("formats/tflite/uint8_" + name + ".tflite"));
            var expected = TfliteReader.read(SharedFiles.cases("formats/tflite/uint8_no_metadata.tflite"));
            assertThat(Classifier.open(model).classify(orange, 5))
                    .isEqualTo(Classifier.open(expected).classify(orange, 5));
        }
    }
}
