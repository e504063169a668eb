package org.mobilenet4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.tensor.Shape;

class PreprocessorTest {
    private static float[] apply(Image image, Preprocessing preprocessing, Shape input) {
        var target = new float[input.elements()];
        new Preprocessor(preprocessing, input).apply(image, target, 0);
        return target;
    }

    /// The red of each pixel of one row, times 255, after a resize of `values` to `width`.
    private static float[] resizeRow(Resize resize, int width, int... values) {
        var rgb = new byte[values.length * 3];
        for (int x = 0; x < values.length; x++) {
            rgb[3 * x] = (byte) values[x];
        }
        var unit = apply(
                new Image(1, values.length, rgb),
                new Preprocessing(1, resize, Normalization.UNIT),
                new Shape(1, width, 3));
        var red = new float[width];
        for (int x = 0; x < width; x++) {
            red[x] = unit[3 * x] * 255;
        }
        return red;
    }

    private static void assertRow(float[] actual, double... expected) {
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).as("value %d", i).isCloseTo(expected[i], Offset.offset(1e-4));
        }
    }

    @Test
    void legacyStartsAtTheCorner() {
        assertRow(resizeRow(Resize.LEGACY, 2, 0, 10, 20, 30), 0, 20);
        assertRow(resizeRow(Resize.LEGACY, 4, 0, 10), 0, 5, 10, 10);
        assertRow(resizeRow(Resize.LEGACY, 3, 0, 10, 20, 30), 0, 40 / 3.0, 80 / 3.0);
    }

    @Test
    void halfPixelSamplesBetweenCenters() {
        assertRow(resizeRow(Resize.HALF_PIXEL, 2, 0, 10, 20, 30), 5, 25);
        assertRow(resizeRow(Resize.HALF_PIXEL, 4, 0, 10), 0, 2.5, 7.5, 10);
    }

    @Test
    void antialiasWidensTheTriangle() {
        // Weights .75, .75, .25 of the first three pixels, divided by their sum.
        assertRow(resizeRow(Resize.ANTIALIAS, 2, 0, 10, 20, 30), 12.5 / 1.75, 30 - 12.5 / 1.75);
        assertRow(resizeRow(Resize.ANTIALIAS, 4, 0, 10), 0, 2.5, 7.5, 10);
        assertRow(resizeRow(Resize.ANTIALIAS, 1, 0, 0, 0, 90, 0, 0, 0), 630 / 37.0);
    }

    /// The weight of every source pixel in position `i` of the result, in double precision and in the simplest way.
    private static double[] weights(Resize resize, int i, int from, int to) {
        double scale = from / (double) to;
        var weights = new double[from];
        if (resize == Resize.ANTIALIAS) {
            double sum = 0;
            for (int s = 0; s < from; s++) {
                weights[s] = Math.max(0, 1 - Math.abs(s + 0.5 - (i + 0.5) * scale) / Math.max(scale, 1));
                sum += weights[s];
            }
            for (int s = 0; s < from; s++) {
                weights[s] /= sum;
            }
            return weights;
        }
        double at = resize == Resize.LEGACY ? i * scale : (i + 0.5) * scale - 0.5;
        for (int s = -1; s <= from; s++) {
            weights[Math.clamp(s, 0, from - 1)] += Math.max(0, 1 - Math.abs(s - at));
        }
        return weights;
    }

    @ParameterizedTest
    @CsvSource({
        "legacy, 37, 53, 16, 24", "legacy, 9, 5, 32, 17", "legacy, 30, 30, 30, 30",
        "half-pixel, 37, 53, 16, 24", "half-pixel, 9, 5, 32, 17", "half-pixel, 1, 1, 3, 3",
        "antialias, 37, 53, 16, 24", "antialias, 9, 5, 32, 17", "antialias, 300, 200, 7, 64",
        "antialias, 12, 40, 24, 9", "antialias, 1, 1, 3, 3", "antialias, 8, 8, 8, 8"
    })
    void everyPixelAgreesWithTheDefinition(String name, int fromHeight, int fromWidth, int height, int width) {
        var resize = Resize.named(name);
        var image = Samples.image(fromHeight, fromWidth, 3);
        var actual = apply(image, new Preprocessing(1, resize, Normalization.IMAGENET), new Shape(height, width, 3));

        double[] mean = {0.485, 0.456, 0.406};
        double[] std = {0.229, 0.224, 0.225};
        for (int y = 0; y < height; y++) {
            var rows = weights(resize, y, fromHeight, height);
            for (int x = 0; x < width; x++) {
                var columns = weights(resize, x, fromWidth, width);
                for (int c = 0; c < 3; c++) {
                    double sum = 0;
                    for (int r = 0; r < fromHeight; r++) {
                        for (int s = 0; s < fromWidth; s++) {
                            sum += rows[r] * columns[s] * image.at(r, s, c);
                        }
                    }
                    assertThat((double) actual[(y * width + x) * 3 + c])
                            .as("%d %d %d", y, x, c)
                            .isCloseTo((sum / 255 - mean[c]) / std[c], Offset.offset(4e-5));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "224, 0.875, 14, 196",
        "375, 0.875, 23, 329",
        "500, 0.875, 31, 438",
        "1, 0.875, 0, 1",
        "17, 0.5, 4, 9",
        "333, 1.0, 0, 333",
        "2, 1e-20, 0, 2",
        "3, 1e-20, 1, 1"
    })
    void centralCropCutsAsTensorFlow(int side, double fraction, int start, int size) {
        var crop = Crop.central(Samples.image(side, 1, 1), fraction);

        assertThat(crop).isEqualTo(new Crop(start, 0, size, 1));
    }

    @Test
    void slimsNumbersToTheBit() {
        var image = Samples.image(40, 24, 9);

        var actual = apply(image, Preprocessing.TF_SLIM, new Shape(7, 5, 3));

        // Slim: to [0, 1], cut 2 rows and 1 column a side, resize, subtract a half, double.
        float down = 36 / 7f;
        float across = 22 / 5f;
        for (int y = 0; y < 7; y++) {
            for (int x = 0; x < 5; x++) {
                int top = (int) (y * down);
                int left = (int) (x * across);
                float belowTop = y * down - top;
                float besideLeft = x * across - left;
                for (int c = 0; c < 3; c++) {
                    float a = image.at(2 + top, 1 + left, c) * (1f / 255);
                    float b = image.at(2 + top, 2 + left, c) * (1f / 255);
                    float d = image.at(3 + top, 1 + left, c) * (1f / 255);
                    float e = image.at(3 + top, 2 + left, c) * (1f / 255);
                    float upper = a + (b - a) * besideLeft;
                    float lower = d + (e - d) * besideLeft;
                    float value = upper + (lower - upper) * belowTop;
                    assertThat(actual[(y * 5 + x) * 3 + c]).isEqualTo((value - 0.5f) * 2f);
                }
            }
        }
    }

    @Test
    void grayNetworksSeeLuma() {
        var image = new Image(1, 2, new byte[] {(byte) 255, 0, 0, 100, (byte) 200, 50});

        var gray = apply(image, new Preprocessing(1, Resize.LEGACY, Normalization.SIGNED), new Shape(1, 2, 1));

        assertRow(gray, 0.299 * 2 - 1, (0.299 * 100 + 0.587 * 200 + 0.114 * 50) / 127.5 - 1);
    }

    @Test
    void blueComesFirstWhereTheNetworkTakesIt() {
        var image = new Image(1, 2, new byte[] {10, 20, 30, 40, 50, 60});
        var normalization = new Normalization(List.of(0.1f, 0.2f, 0.3f), List.of(1f, 0.5f, 0.25f));
        var bgr = new Preprocessing(1, Resize.LEGACY, normalization, ChannelOrder.BGR);

        var values = apply(image, bgr, new Shape(1, 2, 3));

        assertRow(
                values,
                30 / 255.0 - 0.1,
                (20 / 255.0 - 0.2) / 0.5,
                (10 / 255.0 - 0.3) / 0.25,
                60 / 255.0 - 0.1,
                (50 / 255.0 - 0.2) / 0.5,
                (40 / 255.0 - 0.3) / 0.25);
    }

    @Test
    void colorsOrderedInPlaceAreNotMixedUp() {
        var bgr = new Preprocessing(1, Resize.LEGACY, Normalization.UNIT, ChannelOrder.BGR);
        var values = new float[] {1, 2, 3, 4, 5, 6};

        new Normalizer(bgr, 3).apply(values, 0, 2, values, 0);

        assertThat(values).containsExactly(3, 2, 1, 6, 5, 4);
    }

    @Test
    void grayGetsTheAverageOfTheColorsNormalization() {
        var imagenet = new Preprocessing(1, Resize.LEGACY, Normalization.IMAGENET);

        assertThat(imagenet.forChannels(3)).isEqualTo(imagenet);
        var gray = imagenet.forChannels(1).normalization();
        assertThat(gray.mean()).containsOnly((0.485f + 0.456f + 0.406f) / 3);
        assertThat(gray.std()).hasSize(3).allSatisfy(std -> assertThat(std).isBetween(0.2259f, 0.2261f));
        assertThat(Normalization.SIGNED.averaged()).isEqualTo(Normalization.SIGNED);
    }

    @Test
    void anotherSizeAfterwardsChangesNothing() {
        for (var resize : Resize.values()) {
            var preprocessing = new Preprocessing(0.875, resize, Normalization.SIGNED);
            var input = new Shape(6, 9, 3);
            var one = new Preprocessor(preprocessing, input);
            var target = new float[input.elements() + 2];
            one.apply(Samples.image(70, 50, 1), target, 1);
            target[0] = target[target.length - 1] = 42;
            one.apply(Samples.image(8, 11, 2), target, 1);

            var fresh = apply(Samples.image(8, 11, 2), preprocessing, input);
            assertThat(java.util.Arrays.copyOfRange(target, 1, target.length - 1))
                    .containsExactly(fresh);
            assertThat(target[0]).isEqualTo(42);
            assertThat(target[target.length - 1]).isEqualTo(42);
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatThrownBy(() -> new Preprocessor(Preprocessing.TF_SLIM, new Shape(8, 8, 4)))
                .hasMessageContaining("3 channels (RGB) or 1 (gray), not 4");
        assertThatThrownBy(() -> new Preprocessor(
                        new Preprocessing(1, Resize.LEGACY, Normalization.IMAGENET), new Shape(8, 8, 1)))
                .hasMessageContaining("same mean and deviation");
        var preprocessor = new Preprocessor(Preprocessing.TF_SLIM, new Shape(8, 8, 3));
        for (int offset : List.of(-1, 1, Integer.MAX_VALUE)) {
            assertThatThrownBy(() -> preprocessor.apply(Samples.image(9, 9, 1), new float[192], offset))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("8x8x3");
        }
    }

    @Test
    void photosMayBePaddedToSquares() {
        var rgb = new byte[2 * 4 * 3];
        java.util.Arrays.fill(rgb, (byte) 255);
        var wide = new Image(2, 4, rgb);
        var preprocessing = new Preprocessing(1, Resize.LEGACY, Normalization.UNIT).withPadsToSquare(true);
        var target = new float[4 * 4 * 3];

        new Preprocessor(preprocessing, new Shape(4, 4, 3)).apply(wide, target, 0);

        for (int i = 0; i < target.length; i++) {
            assertThat(target[i]).isEqualTo(i < 24 ? 1 : 0);
        }
        assertThat(Crop.seen(wide, preprocessing)).isEqualTo(new Crop(0, 0, 4, 4));
        assertThat(Crop.seen(wide, preprocessing.withPadsToSquare(false))).isEqualTo(new Crop(0, 0, 2, 4));
    }

    @Test
    void endlessPhotosAreNotPadded() {
        var strip = new Image(1, 20_000, new byte[60_000]);
        var preprocessing = new Preprocessing(1, Resize.LEGACY, Normalization.UNIT).withPadsToSquare(true);

        assertThatThrownBy(() -> new Preprocessor(preprocessing, new Shape(4, 4, 3)).apply(strip, new float[48], 0))
                .isInstanceOf(org.mobilenet4j.error.BadValueException.class)
                .hasMessageContaining("20000x1, too long");
    }
}
