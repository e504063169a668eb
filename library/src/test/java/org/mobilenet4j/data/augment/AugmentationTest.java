package org.mobilenet4j.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.image.Crop;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.tensor.Shape;

class AugmentationTest {
    private static final Preprocessing WHOLE = new Preprocessing(1, Resize.ANTIALIAS, Normalization.UNIT);

    private static Image noise(int height, int width) {
        var rgb = new byte[height * width * 3];
        new Random(9).nextBytes(rgb);
        return new Image(height, width, rgb);
    }

    private static float[] apply(Augmentation augmentation, Image image, Shape input, long seed) {
        var result = new float[input.elements() + 2];
        Arrays.fill(result, 7);
        new Augmenter(augmentation, WHOLE, input).apply(image, new SplittableRandom(seed), result, 1);
        // Nothing is written beside the place that was given.
        assertThat(result[0]).isEqualTo(7);
        assertThat(result[result.length - 1]).isEqualTo(7);
        return Arrays.copyOfRange(result, 1, result.length - 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withoutAugmentationItIsWhatTheModelDoes(boolean padsToSquare) {
        var image = noise(20, 31);
        for (var resize : Resize.values()) {
            var preprocessing = new Preprocessing(0.8, resize, Normalization.IMAGENET).withPadsToSquare(padsToSquare);
            var input = new Shape(12, 10, 3);
            var expected = new float[input.elements()];
            new Preprocessor(preprocessing, input).apply(image, expected, 0);

            for (double flip : new double[] {0, 1e-12}) {
                var actual = new float[input.elements()];
                // The second takes the way of all others, and leaves the photo as it is all the same.
                new Augmenter(Augmentation.NONE.withFlip(flip), preprocessing, input)
                        .apply(image, new SplittableRandom(1), actual, 0);
                assertThat(actual).isEqualTo(expected);
            }
        }
    }

    @Test
    void flipAndShiftMoveWholePixels() {
        var image = noise(8, 8);
        var input = new Shape(8, 8, 3);
        var augmentation = Augmentation.NONE.withFlip(0.5).withShift(0.25);
        boolean[] mirroredSeen = new boolean[2];
        var shifts = new boolean[5][5];
        for (int seed = 0; seed < 500; seed++) {
            var result = apply(augmentation, image, input, seed);
            int found = 0;
            for (int way = 0; way < 50; way++) {
                boolean mirrored = way % 2 == 1;
                int down = way / 2 % 5 - 2;
                int right = way / 10 - 2;
                if (isMoved(image, result, mirrored, down, right)) {
                    found++;
                    mirroredSeen[way % 2] = true;
                    shifts[down + 2][right + 2] = true;
                }
            }
            assertThat(found).isEqualTo(1);
        }
        assertThat(mirroredSeen).containsOnly(true);
        for (var row : shifts) {
            assertThat(row).containsOnly(true);
        }
    }

    private static boolean isMoved(Image image, float[] result, boolean mirrored, int down, int right) {
        for (int i = 0; i < result.length; i++) {
            int y = Math.clamp(i / 24 - down, 0, 7);
            int x = Math.clamp(i / 3 % 8 - right, 0, 7);
            float stored = image.at(y, mirrored ? 7 - x : x, i % 3) / 255f;
            if (Math.abs(result[i] - stored) > 1e-5) {
                return false;
            }
        }
        return true;
    }

    @Test
    void cropsKeepToTheirAreaAndProportions() {
        var random = new SplittableRandom(4);
        var crop = RandomCrop.INCEPTION.withSmallest(0.3);
        var image = noise(90, 160);
        var heights = new HashSet<Integer>();
        for (int i = 0; i < 5000; i++) {
            var drawn = crop.draw(image, random);
            assertThat(drawn.top() + drawn.height()).isLessThanOrEqualTo(90);
            assertThat(drawn.left() + drawn.width()).isLessThanOrEqualTo(160);
            double area = drawn.height() * drawn.width() / (90.0 * 160);
            assertThat(area).isBetween(0.3, 1.0);
            assertThat(drawn.width() / (double) drawn.height()).isBetween(0.74, 1.35);
            heights.add(drawn.height());
        }
        assertThat(heights).contains(90, 60).doesNotContain(40);
        // Where nothing fits, the whole.
        var narrow = noise(2, 200);
        assertThat(crop.draw(narrow, random)).isEqualTo(Crop.whole(narrow));
        var dot = noise(1, 1);
        assertThat(crop.draw(dot, random)).isEqualTo(Crop.whole(dot));
    }

    @Test
    void everyPhotoAndInputGivesValuesInRange() {
        var augmentation = Augmentation.inception(0.05)
                .withShift(0.3)
                .withColor(new ColorJitter(0.3, 0.5, 0.9, 0.5))
                .withErasing(0.5);
        int[] sides = {1, 2, 3, 7, 64, 131};
        for (int height : sides) {
            for (int width : sides) {
                for (int channels : new int[] {1, 3}) {
                    var result = apply(augmentation, noise(height, width), new Shape(5, 9, channels), height + width);
                    for (float value : result) {
                        assertThat(value).isBetween(-1e-6f, 1 + 1e-6f);
                    }
                }
            }
        }
    }

    @Test
    void erasingTakesAShareOfTheAreaAsOftenAsAsked() {
        var input = new Shape(32, 32, 3);
        var image = new Image(32, 32, new byte[32 * 32 * 3]);
        int erased = 0;
        for (int seed = 0; seed < 1000; seed++) {
            var result = apply(Augmentation.NONE.withErasing(0.25), image, input, seed);
            long changed = IntStream.range(0, 1024)
                    .filter(i -> result[3 * i] != 0 || result[3 * i + 1] != 0)
                    .count();
            if (changed > 0) {
                erased++;
                assertThat(changed / 1024.0).isBetween(0.01, 0.36);
            }
        }
        assertThat(erased).isBetween(200, 300);
    }

    @Test
    void colorsChangeAsTheirDefinitionsSay() {
        var random = new Random(2);
        for (int i = 0; i < 1000; i++) {
            float[] rgb = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
            float[] before =
                    Color.RGBtoHSB(Math.round(rgb[0] * 255), Math.round(rgb[1] * 255), Math.round(rgb[2] * 255), null);
            var exact = new float[] {
                Math.round(rgb[0] * 255) / 255f, Math.round(rgb[1] * 255) / 255f, Math.round(rgb[2] * 255) / 255f
            };
            float share = random.nextFloat() - 0.5f;
            float factor = 2 * random.nextFloat();

            var turned = exact.clone();
            Colors.turn(turned, 0, 3, share);
            same(turned, Color.getHSBColor(before[0] + share, before[1], before[2]));

            var saturated = exact.clone();
            Colors.saturate(saturated, 0, 3, factor);
            same(saturated, Color.getHSBColor(before[0], Math.min(1, before[1] * factor), before[2]));
        }
        float[] values = {0.1f, 0.5f, 0.9f, 0.3f, 0.7f, 0.9f};
        Colors.brighten(values, 3, 6, 0.2f);
        assertThat(values).containsExactly(0.1f, 0.5f, 0.9f, 0.5f, 0.9f, 1f);
        Colors.contrast(values, 0, 6, 0.5f);
        // Means 0.3, 0.7, 0.95.
        assertThat(values).containsExactly(new float[] {0.2f, 0.6f, 0.925f, 0.4f, 0.8f, 0.975f}, within(1e-6f));
    }

    private static void same(float[] rgb, Color expected) {
        assertThat(rgb[0] * 255).isCloseTo(expected.getRed(), within(1.1f));
        assertThat(rgb[1] * 255).isCloseTo(expected.getGreen(), within(1.1f));
        assertThat(rgb[2] * 255).isCloseTo(expected.getBlue(), within(1.1f));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Augmentation.NONE.withFlip(1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Augmentation.NONE.withShift(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Augmentation.NONE.withMixup(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Augmentation.inception(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ColorJitter(0, 0, 0, 0.6)).isInstanceOf(IllegalArgumentException.class);
    }
}
