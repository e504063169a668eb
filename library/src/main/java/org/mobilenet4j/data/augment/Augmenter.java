package org.mobilenet4j.data.augment;

import java.util.SplittableRandom;
import org.mobilenet4j.image.Crop;
import org.mobilenet4j.image.CropResizer;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Normalizer;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.tensor.Shape;

/// Turns a photo into a network's input with random augmentation. Not thread-safe: it has scratch memory.
///
/// Without augmentation it does exactly what [Preprocessor] does at inference.
public final class Augmenter {
    private static final double SMALLEST_ERASED = 0.02;
    private static final double LARGEST_ERASED = 0.33;
    private static final double WIDEST_ERASED = 3.33;
    private static final int TRIES = 10;

    private final Augmentation augmentation;
    private final Preprocessing preprocessing;
    private final Shape input;
    private final Shape drawn;
    private final Preprocessor plain;
    private final CropResizer resizer;
    private final Normalizer normalizer;
    private final float[] rgb;

    /// @param augmentation the random changes; mixup and cutmix are applied later, to batches
    /// @param preprocessing the model's preprocessing
    /// @param input the network's input: RGB, or one channel of gray
    /// @throws IllegalArgumentException when photos cannot become such an input
    public Augmenter(Augmentation augmentation, Preprocessing preprocessing, Shape input) {
        this(augmentation, preprocessing, input, input);
    }

    /// An augmenter that makes the same random choices as that of another input, so that two networks see the same
    /// picture, each in its own size: lengths in pixels, such as shifts and erased rectangles, are drawn in pixels
    /// of `drawn` and scaled.
    ///
    /// @param drawn the other network's input
    /// @throws IllegalArgumentException when photos cannot become such an input
    public Augmenter(Augmentation augmentation, Preprocessing preprocessing, Shape input, Shape drawn) {
        this.augmentation = augmentation.withMixup(0).withCutmix(0);
        this.preprocessing = preprocessing;
        this.input = input;
        this.drawn = drawn;
        this.plain = new Preprocessor(preprocessing, input);
        this.resizer = new CropResizer(preprocessing.resize(), input);
        this.normalizer = new Normalizer(preprocessing, input.channels());
        this.rgb = new float[3 * input.pixels()];
    }

    /// Writes the network's input to `input.elements()` values of `target` from `offset` on, in HWC order.
    ///
    /// @param random the source of all random choices
    /// @return whether the photo was flipped horizontally
    public boolean apply(Image image, SplittableRandom random, float[] target, int offset) {
        if (augmentation.equals(Augmentation.NONE)) {
            plain.apply(image, target, offset);
            return false;
        }
        var photo = preprocessing.padded(image);
        var crop = augmentation.crop().active()
                ? augmentation.crop().draw(photo, random)
                : Crop.central(photo, preprocessing.crop());
        boolean mirrored = random.nextDouble() < augmentation.flip();
        int down = scaled(shift(drawn.height(), random), input.height(), drawn.height());
        int right = scaled(shift(drawn.width(), random), input.width(), drawn.width());
        resizer.apply(photo, crop, mirrored, down, right, rgb, 0);
        augmentation.color().apply(rgb, 0, input.pixels(), random);
        if (random.nextDouble() < augmentation.erasing()) {
            erase(random);
        }
        normalizer.apply(rgb, 0, input.pixels(), target, offset);
        return mirrored;
    }

    private int shift(int side, SplittableRandom random) {
        int most = (int) (side * augmentation.shift());
        return random.nextInt(2 * most + 1) - most;
    }

    private static int scaled(int pixels, int side, int drawnSide) {
        return side == drawnSide ? pixels : (int) Math.round((double) pixels * side / drawnSide);
    }

    /// A rectangle of noise, with an aspect ratio that is uniform on a logarithmic scale. One that does not fit is
    /// drawn again.
    private void erase(SplittableRandom random) {
        for (int i = 0; i < TRIES; i++) {
            double area = drawn.pixels() * random.nextDouble(SMALLEST_ERASED, LARGEST_ERASED);
            double aspect = Math.pow(WIDEST_ERASED, 2 * random.nextDouble() - 1);
            int height = (int) Math.round(Math.sqrt(area / aspect));
            int width = (int) Math.round(Math.sqrt(area * aspect));
            if (height >= 1 && height <= drawn.height() && width >= 1 && width <= drawn.width()) {
                int top = random.nextInt(drawn.height() - height + 1);
                int left = random.nextInt(drawn.width() - width + 1);
                fill(top, left, height, width, random);
                return;
            }
        }
    }

    private void fill(int top, int left, int height, int width, SplittableRandom random) {
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                float red = noise(random);
                float green = noise(random);
                float blue = noise(random);
                fill(y, x, red, green, blue);
            }
        }
    }

    /// Fills the pixels (none, one or several) that correspond to pixel `y`, `x` of the drawn size.
    private void fill(int y, int x, float red, float green, float blue) {
        int bottom = (y + 1) * input.height() / drawn.height();
        int right = (x + 1) * input.width() / drawn.width();
        for (int row = y * input.height() / drawn.height(); row < bottom; row++) {
            for (int column = x * input.width() / drawn.width(); column < right; column++) {
                int at = 3 * (row * input.width() + column);
                rgb[at] = red;
                rgb[at + 1] = green;
                rgb[at + 2] = blue;
            }
        }
    }

    private static float noise(SplittableRandom random) {
        return (random.nextInt() >>> 8) * 0x1p-24f;
    }

    /// What it does to photos, and the input they become.
    @Override
    public String toString() {
        return "Augmenter[" + augmentation + " for " + input + "]";
    }
}
