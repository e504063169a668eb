package org.mobilenet4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.data.Target;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.augment.ColorJitter;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.tensor.Shape;

/// One photo for two networks.
class RendererTest {
    private static final Preprocessing PLAIN = new Preprocessing(0.8, Resize.ANTIALIAS, Normalization.UNIT);
    private static final Augmentation EVERYTHING = Augmentation.inception(0.3)
            .withShift(0.2)
            .withColor(new ColorJitter(0.2, 0, 0.5, 0.1))
            .withErasing(0.5)
            .withMixup(0.3)
            .withCutmix(1);
    private static final int COUNT = 6;

    /// Fields of color without edges, so that sizes compare.
    private static Image smooth(long seed) {
        var random = new Random(seed);
        double[] turns = random.doubles(6, 0, 0.1).toArray();
        var rgb = new byte[50 * 60 * 3];
        for (int i = 0; i < rgb.length; i++) {
            int c = i % 3;
            double wave = Math.sin(turns[c] * (i / 180.0) + turns[3 + c] * (i / 3 % 60) + seed);
            rgb[i] = (byte) (128 + 100 * wave);
        }
        return new Image(50, 60, rgb);
    }

    private static Batch batch(Shape input, Shape second, Preprocessing other, Augmentation augmentation, long seed) {
        var spec = new BatchSpec(input, PLAIN, augmentation, COUNT, seed, 1).withSecond(new Rendering(second, other));
        var renderer = new Renderer(spec);
        var batch = new Batch(COUNT, input.elements(), second.elements(), 2);
        batch.begin(0, 0, COUNT);
        for (int i = 0; i < COUNT; i++) {
            int place = i;
            renderer.apply(
                    smooth(seed + i), new Target.OneClass(0), batch, i, () -> new SplittableRandom(seed + place));
        }
        new Mixing(augmentation, input, second, 2).apply(batch, new SplittableRandom(seed));
        return batch;
    }

    @Test
    void inTheSameSizeBothAreTheSame() {
        var input = new Shape(16, 20, 3);
        for (long seed = 1; seed <= 40; seed++) {
            // Its own crop does not count: both see the same part.
            var batch = batch(input, input, PLAIN.withCrop(1), EVERYTHING, seed);
            assertThat(batch.second()).isEqualTo(batch.images());
        }
    }

    /// Each pixel of the small picture is about the mean of four of the large one, whatever was done to
    /// the photo.
    @Test
    void inTwiceTheSizeItIsTheSamePicture() {
        var input = new Shape(16, 20, 3);
        var second = new Shape(32, 40, 3);
        for (long seed = 1; seed <= 40; seed++) {
            var batch = batch(input, second, PLAIN, EVERYTHING, seed);
            int different = 0;
            for (int i = 0; i < COUNT * input.elements(); i++) {
                int photo = i / input.elements();
                int row = i % input.elements() / 60;
                int column = i % 60 / 3;
                int at = photo * second.elements() + (2 * row * 40 + 2 * column) * 3 + i % 3;
                float mean = (batch.second()[at]
                                + batch.second()[at + 3]
                                + batch.second()[at + 120]
                                + batch.second()[at + 123])
                        / 4;
                different += Math.abs(mean - batch.images()[i]) > 0.06 ? 1 : 0;
            }
            assertThat(different).as("seed %d", seed).isLessThan(COUNT * input.elements() / 50);
        }
    }

    /// Noise drawn for the larger of two sizes reaches the smaller one too.
    @Test
    void fitsAnySizes() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 60; i++) {
            var input = new Shape(random.nextInt(1, 30), random.nextInt(1, 30), 3);
            var second = new Shape(random.nextInt(1, 30), random.nextInt(1, 30), random.nextBoolean() ? 3 : 1);
            var batch = batch(input, second, PLAIN, EVERYTHING, i);
            for (float value : batch.second()) {
                assertThat(value).isBetween(-1e-6f, 1 + 1e-6f);
            }
        }
    }

    @Test
    void copiesCarryAllThatIsKnown() {
        var input = new Shape(4, 4, 3);
        var batch = batch(input, new Shape(6, 6, 3), PLAIN, Augmentation.NONE.withFlip(1), 3);
        batch.copy(2, 4);
        assertThat(Arrays.copyOfRange(batch.second(), 4 * 108, 5 * 108))
                .containsExactly(Arrays.copyOfRange(batch.second(), 2 * 108, 3 * 108), within(0f));
        assertThat(batch.mirrored()).containsOnly(true);
    }
}
