package org.mobilenet4j.data.batch;

import java.util.SplittableRandom;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.augment.Beta;
import org.mobilenet4j.tensor.Shape;

/// Mixup and cutmix on a whole batch, in place: the first photo is paired with the last, the second with the one before
/// that, and both of a pair are changed. The order in a batch is random, and so are the pairs.
final class Mixing {
    private final Augmentation augmentation;
    private final double mixup;
    private final double cutmix;
    private final Shape input;
    private final Shape second;
    private final int classes;

    /// @param input the photos' size
    /// @param second the size of their second rendering, which is mixed in the same way; `input` if there is none
    Mixing(Augmentation augmentation, Shape input, Shape second, int classes) {
        this.augmentation = augmentation;
        this.mixup = augmentation.mixup();
        this.cutmix = augmentation.cutmix();
        this.input = input;
        this.second = second;
        this.classes = classes;
    }

    void apply(Batch batch, SplittableRandom random) {
        if (!augmentation.isMixed(batch.epoch())
                || (augmentation.mixing() < 1 && random.nextDouble() >= augmentation.mixing())) {
            return;
        }
        if (mixup > 0 && (cutmix == 0 || random.nextBoolean())) {
            float lambda = (float) Beta.draw(mixup, random);
            blend(batch.images(), input.elements(), batch.count(), lambda);
            if (batch.second().length > 0) {
                blend(batch.second(), second.elements(), batch.count(), lambda);
            }
            blend(batch.targets(), classes, batch.count(), lambda);
        } else if (cutmix > 0) {
            cut(batch, Beta.draw(cutmix, random), random);
        }
    }

    private static void blend(float[] values, int length, int count, float lambda) {
        for (int i = 0; i < count / 2; i++) {
            int one = i * length;
            int other = (count - 1 - i) * length;
            for (int k = 0; k < length; k++) {
                float a = values[one + k];
                float b = values[other + k];
                values[one + k] = lambda * a + (1 - lambda) * b;
                values[other + k] = lambda * b + (1 - lambda) * a;
            }
        }
    }

    /// A rectangle with the input's proportions, `1 - lambda` of its area and a random center, clipped at the
    /// edge; the targets are mixed by the area that remains.
    private void cut(Batch batch, double lambda, SplittableRandom random) {
        double side = Math.sqrt(1 - lambda);
        int y = random.nextInt(input.height());
        int x = random.nextInt(input.width());
        int halfHeight = (int) (side * input.height() / 2);
        int halfWidth = (int) (side * input.width() / 2);
        int top = Math.max(y - halfHeight, 0);
        int bottom = Math.min(y + halfHeight, input.height());
        int left = Math.max(x - halfWidth, 0);
        int right = Math.min(x + halfWidth, input.width());
        exchange(batch.images(), input, batch.count(), top, left, bottom, right);
        if (batch.second().length > 0) {
            exchange(
                    batch.second(),
                    second,
                    batch.count(),
                    scaled(top, second.height(), input.height()),
                    scaled(left, second.width(), input.width()),
                    scaled(bottom, second.height(), input.height()),
                    scaled(right, second.width(), input.width()));
        }
        float kept = 1 - (bottom - top) * (right - left) / (float) input.pixels();
        blend(batch.targets(), classes, batch.count(), kept);
    }

    private static int scaled(int pixels, int side, int drawnSide) {
        return (int) Math.round((double) pixels * side / drawnSide);
    }

    private static void exchange(float[] images, Shape shape, int count, int top, int left, int bottom, int right) {
        for (int i = 0; i < count / 2; i++) {
            int other = count - 1 - i;
            for (int row = top; row < bottom; row++) {
                int within = (row * shape.width() + left) * shape.channels();
                swap(
                        images,
                        i * shape.elements() + within,
                        other * shape.elements() + within,
                        (right - left) * shape.channels());
            }
        }
    }

    private static void swap(float[] values, int one, int other, int length) {
        for (int k = 0; k < length; k++) {
            float value = values[one + k];
            values[one + k] = values[other + k];
            values[other + k] = value;
        }
    }
}
