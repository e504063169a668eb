package org.mobilenet4j.data.augment;

import java.util.SplittableRandom;
import org.mobilenet4j.data.Target;
import org.mobilenet4j.image.Crop;
import org.mobilenet4j.image.CropResizer;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Normalizer;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.tensor.Shape;

/// Turns a photo into a network's input with random augmentation, and its objects' boxes with it. Not thread-safe: it
/// has scratch memory. Mosaics are made later, of batches.
///
/// A crop of the preprocessing is left out: a detector looks at whole photos.
public final class BoxAugmenter {
    private final BoxAugmentation augmentation;
    private final Preprocessing preprocessing;
    private final Shape input;
    private final CropResizer resizer;
    private final Normalizer normalizer;
    private final float[] rgb;
    private final float[] row;

    /// @param preprocessing the model's
    /// @param input the network's input: RGB, or one channel of gray
    public BoxAugmenter(BoxAugmentation augmentation, Preprocessing preprocessing, Shape input) {
        this.augmentation = augmentation;
        this.preprocessing = preprocessing;
        this.input = input;
        this.resizer = new CropResizer(preprocessing.resize(), input);
        this.normalizer = new Normalizer(preprocessing, input.channels());
        this.rgb = new float[3 * input.pixels()];
        this.row = new float[3 * input.width()];
    }

    /// Writes the network's input to `input.elements()` values of `inputs` from `offset` on, in HWC order, and the
    /// objects that it shows to `boxes`.
    ///
    /// @param target the objects of `image`
    /// @param random the source of all random choices
    public void apply(
            Image image, Target.Boxes target, SplittableRandom random, float[] inputs, int offset, PlacedBoxes boxes) {
        var photo = preprocessing.padded(image);
        var crop = augmentation.crop().draw(photo, target.marks(), random);
        boolean isMirrored = random.nextDouble() < augmentation.flip();
        boolean isUpsideDown = random.nextDouble() < augmentation.upsideDown();
        resizer.apply(photo, crop, isMirrored, 0, 0, rgb, 0);
        if (isUpsideDown) {
            turnUpsideDown();
        }
        augmentation.color().apply(rgb, 0, input.pixels(), random);
        normalizer.apply(rgb, 0, input.pixels(), inputs, offset);
        boxes.clear();
        for (var mark : target.marks()) {
            add(mark, crop, isMirrored, isUpsideDown, boxes);
        }
    }

    private void add(Target.Mark mark, Crop crop, boolean isMirrored, boolean isUpsideDown, PlacedBoxes boxes) {
        float y0 = Math.max(mark.y0() - crop.top(), 0);
        float x0 = Math.max(mark.x0() - crop.left(), 0);
        float y1 = Math.min(mark.y1() - crop.top(), crop.height());
        float x1 = Math.min(mark.x1() - crop.left(), crop.width());
        if (!(y1 > y0 && x1 > x0)) {
            return;
        }
        float whole = (mark.y1() - mark.y0()) * (mark.x1() - mark.x0());
        boolean isLeft = (y1 - y0) * (x1 - x0) >= augmentation.crop().least() * whole;
        float height = crop.height();
        float width = crop.width();
        boxes.add(
                isLeft && !mark.isIgnored() ? mark.label() : PlacedBoxes.IGNORED,
                isUpsideDown ? 1 - y1 / height : y0 / height,
                isMirrored ? 1 - x1 / width : x0 / width,
                isUpsideDown ? 1 - y0 / height : y1 / height,
                isMirrored ? 1 - x0 / width : x1 / width);
    }

    private void turnUpsideDown() {
        int values = row.length;
        for (int y = 0; y < input.height() / 2; y++) {
            int one = y * values;
            int other = (input.height() - 1 - y) * values;
            System.arraycopy(rgb, one, row, 0, values);
            System.arraycopy(rgb, other, rgb, one, values);
            System.arraycopy(row, 0, rgb, other, values);
        }
    }

    /// Such as `BoxAugmenter[to 300x300x3]`.
    @Override
    public String toString() {
        return "BoxAugmenter[to " + input + "]";
    }
}
