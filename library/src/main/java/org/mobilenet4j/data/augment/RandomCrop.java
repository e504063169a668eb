package org.mobilenet4j.data.augment;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Crop;
import org.mobilenet4j.image.Image;

/// Inception's distorted crop: a rectangle of random area and aspect ratio, at a random place.
///
/// Drawn as by TensorFlow's `sample_distorted_bounding_box`: first the aspect ratio, uniformly, then the height,
/// uniformly among those that give an allowed area. A crop that does not fit is drawn again, up to 100 times; after
/// that the whole photo is used.
///
/// @param smallest smallest share of the photo's area, above 0
/// @param largest largest share, up to 1; with both 1 there is no random crop, and the model's preprocessing decides
/// @param narrowest smallest aspect ratio, width over height
/// @param widest largest aspect ratio
public record RandomCrop(double smallest, double largest, double narrowest, double widest) {
    /// No random crop: only the crop of the model's preprocessing.
    public static final RandomCrop NONE = new RandomCrop(1, 1, 1, 1);

    /// TF-Slim's: 5 to 100 % of the area, 3:4 to 4:3. (TF-Slim also requires a tenth of the object's bounding box,
    /// which is the whole photo if none is known, so crops below 10 % do not occur there.)
    public static final RandomCrop INCEPTION = new RandomCrop(0.05, 1, 0.75, 1.33);

    private static final int TRIES = 100;

    public RandomCrop {
        if (!(smallest > 0 && smallest <= largest && largest <= 1)) {
            throw new BadValueException("a crop's area must lie above 0 and up to 1, the smallest first, not between "
                    + smallest + " and " + largest);
        }
        if (!(narrowest >= 0.1 && narrowest <= widest && widest <= 10)) {
            throw new BadValueException("a crop's aspect ratio must lie between 0.1 and 10, the narrowest first, not"
                    + " between " + narrowest + " and " + widest);
        }
    }

    /// With another smallest area.
    public RandomCrop withSmallest(double area) {
        return new RandomCrop(area, largest, narrowest, widest);
    }

    /// Whether anything is cropped at random.
    boolean active() {
        return smallest < 1;
    }

    Crop draw(Image image, SplittableRandom random) {
        for (int i = 0; i < TRIES; i++) {
            var crop = attempt(image.height(), image.width(), random);
            if (crop != null) {
                return crop;
            }
        }
        return Crop.whole(image);
    }

    private @Nullable Crop attempt(int rows, int columns, SplittableRandom random) {
        double aspect = between(narrowest, widest, random);
        double area = (double) rows * columns;
        long low = Math.round(Math.sqrt(smallest * area / aspect));
        long high = Math.round(Math.sqrt(largest * area / aspect));
        high = Math.min(high, Math.min(rows, (long) ((columns + 0.5) / aspect)));
        low = Math.min(low, high);
        if (low < 1) {
            return null;
        }
        int height = (int) (low + random.nextLong(high - low + 1));
        int width = (int) Math.round(height * aspect);
        double covered = (double) height * width;
        if (width < 1 || width > columns || covered < smallest * area || covered > largest * area) {
            return null;
        }
        return new Crop(random.nextInt(rows - height + 1), random.nextInt(columns - width + 1), height, width);
    }

    private static double between(double low, double high, SplittableRandom random) {
        return low + (high - low) * random.nextDouble();
    }
}
