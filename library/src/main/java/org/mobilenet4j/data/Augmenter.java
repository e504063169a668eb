package org.mobilenet4j.data;

import java.util.SplittableRandom;
import org.mobilenet4j.image.Crop;
import org.mobilenet4j.image.CropResizer;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Normalizer;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.tensor.Shape;

/// Turns a photo into a network's input, changed at random. Keeps working memory, so each thread has
/// its own.
///
/// Without augmentation it does exactly what [Preprocessor] does when the trained network is used.
public final class Augmenter {
    private static final double SMALLEST_ERASED = 0.02;
    private static final double LARGEST_ERASED = 0.33;
    private static final double WIDEST_ERASED = 3.33;
    private static final int TRIES = 10;

    private final Augmentation augmentation;
    private final Preprocessing preprocessing;
    private final Shape input;
    private final Preprocessor plain;
    private final CropResizer resizer;
    private final Normalizer normalizer;
    private final float[] rgb;

    /// @param augmentation the random changes; mixup and cutmix are left to whoever has a batch
    /// @param preprocessing the model's
    /// @param input the network's input: RGB, or one channel of grey
    /// @throws IllegalArgumentException when photos cannot become such an input
    public Augmenter(Augmentation augmentation, Preprocessing preprocessing, Shape input) {
        this.augmentation = augmentation.withMixup(0).withCutmix(0);
        this.preprocessing = preprocessing;
        this.input = input;
        this.plain = new Preprocessor(preprocessing, input);
        this.resizer = new CropResizer(preprocessing.resize(), input);
        this.normalizer = new Normalizer(preprocessing.normalization(), input.channels());
        this.rgb = new float[3 * input.pixels()];
    }

    /// Writes the network's input, row by row with a pixel's channels side by side, to
    /// `input.elements()` values of `target` from `offset` on.
    ///
    /// @param random decides every change
    public void apply(Image image, SplittableRandom random, float[] target, int offset) {
        if (augmentation.equals(Augmentation.NONE)) {
            plain.apply(image, target, offset);
            return;
        }
        var crop = augmentation.crop().active()
                ? augmentation.crop().draw(image, random)
                : Crop.central(image, preprocessing.crop());
        boolean mirrored = random.nextDouble() < augmentation.flip();
        int down = shift(input.height(), random);
        int right = shift(input.width(), random);
        resizer.apply(image, crop, mirrored, down, right, rgb, 0);
        augmentation.color().apply(rgb, 0, input.pixels(), random);
        if (random.nextDouble() < augmentation.erasing()) {
            erase(random);
        }
        normalizer.apply(rgb, 0, input.pixels(), target, offset);
    }

    private int shift(int side, SplittableRandom random) {
        int most = (int) (side * augmentation.shift());
        return random.nextInt(2 * most + 1) - most;
    }

    /// A rectangle of noise, its aspect ratio even on a logarithmic scale. One that does not fit is
    /// drawn again.
    private void erase(SplittableRandom random) {
        for (int i = 0; i < TRIES; i++) {
            double area = input.pixels() * random.nextDouble(SMALLEST_ERASED, LARGEST_ERASED);
            double aspect = Math.pow(WIDEST_ERASED, 2 * random.nextDouble() - 1);
            int height = (int) Math.round(Math.sqrt(area / aspect));
            int width = (int) Math.round(Math.sqrt(area * aspect));
            if (height >= 1 && height <= input.height() && width >= 1 && width <= input.width()) {
                int top = random.nextInt(input.height() - height + 1);
                int left = random.nextInt(input.width() - width + 1);
                fill(top, left, height, width, random);
                return;
            }
        }
    }

    private void fill(int top, int left, int height, int width, SplittableRandom random) {
        for (int y = top; y < top + height; y++) {
            int from = 3 * (y * input.width() + left);
            for (int i = from; i < from + 3 * width; i++) {
                rgb[i] = (random.nextInt() >>> 8) * 0x1p-24f;
            }
        }
    }
}
