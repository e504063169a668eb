package org.mobilenet4j.data.augment;

import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.mobilenet4j.data.Target.Mark;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Crop;
import org.mobilenet4j.image.Image;

/// SSD's random crops (TensorFlow's `ssd_random_crop`): rectangles of any size and place that keep an object. How much
/// of one at least is drawn anew for each photo, from 0 to all of it; a rectangle that keeps less is drawn again, up to
/// 50 times, and after that the whole photo is used.
///
/// @param rectangle areas and aspect ratios
/// @param whole probability that a photo is not cropped; in [0, 1]
/// @param least objects of which a smaller share of the area is left are ignored, others are clipped; in (0, 1]
public record ObjectCrop(RandomCrop rectangle, double whole, double least) {
    /// The whole photo.
    public static final ObjectCrop NONE = new ObjectCrop(RandomCrop.NONE, 1, 0.5);

    /// TensorFlow's: 10 to 100 % of the area, 1:2 to 2:1, and one photo in seven whole.
    public static final ObjectCrop SSD = new ObjectCrop(new RandomCrop(0.1, 1, 0.5, 2), 0.15, 0.5);

    /// At least 30 % of the area, and three photos in ten whole.
    public static final ObjectCrop USUAL = new ObjectCrop(new RandomCrop(0.3, 1, 0.75, 1.8), 0.3, 0.5);

    /// How much of an object must be kept.
    private static final double[] KEPT = {0, 0.1, 0.3, 0.5, 0.7, 0.9, 1};

    private static final int TRIES = 50;

    public ObjectCrop {
        Objects.requireNonNull(rectangle, "rectangle");
        if (!(whole >= 0 && whole <= 1) || !(least > 0 && least <= 1)) {
            throw new BadValueException(
                    "crops take a probability and a share between 0 and 1, not " + whole + " and " + least);
        }
    }

    /// With rectangles of other areas and aspect ratios.
    public ObjectCrop withRectangle(RandomCrop other) {
        return new ObjectCrop(other, whole, least);
    }

    Crop draw(Image image, List<Mark> marks, SplittableRandom random) {
        if (!rectangle.active() || random.nextDouble() < whole) {
            return Crop.whole(image);
        }
        double kept = KEPT[random.nextInt(KEPT.length)];
        for (int i = 0; i < TRIES; i++) {
            var crop = rectangle.draw(image, random);
            if (keeps(crop, marks, kept)) {
                return crop;
            }
        }
        return Crop.whole(image);
    }

    /// Whether a photo without objects, or at least `kept` of one of them.
    private static boolean keeps(Crop crop, List<Mark> marks, double kept) {
        for (var mark : marks) {
            double height = Math.min(mark.y1(), crop.top() + crop.height()) - Math.max(mark.y0(), crop.top());
            double width = Math.min(mark.x1(), crop.left() + crop.width()) - Math.max(mark.x0(), crop.left());
            double area = ((double) mark.y1() - mark.y0()) * (mark.x1() - mark.x0());
            if (height > 0 && width > 0 && height * width >= kept * area * (1 - 1e-6)) {
                return true;
            }
        }
        return marks.isEmpty();
    }
}
