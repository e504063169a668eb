package org.mobilenet4j.data.augment;

import java.util.Objects;
import org.mobilenet4j.error.BadValueException;

/// The random changes to photos of objects in training. Their boxes follow.
///
/// @param crop the part of the photo that is used
/// @param flip probability of a horizontal flip; in [0, 1]
/// @param upsideDown probability of a vertical flip, for photos that have no up and down; in [0, 1]
/// @param color random changes of color
/// @param mosaic probability that four photos of a batch exchange quarters around a random center; in [0, 1]
public record BoxAugmentation(ObjectCrop crop, double flip, double upsideDown, ColorJitter color, double mosaic) {
    /// No augmentation: whole photos.
    public static final BoxAugmentation NONE = new BoxAugmentation(ObjectCrop.NONE, 0, 0, ColorJitter.NONE, 0);

    /// TensorFlow's for SSD: crops and flips; and the colors of its MobileNets.
    public static final BoxAugmentation SSD = new BoxAugmentation(ObjectCrop.SSD, 0.5, 0, ColorJitter.INCEPTION, 0);

    /// For some hundred photos: as SSD's, with crops that show more of them.
    public static final BoxAugmentation USUAL = SSD.withCrop(ObjectCrop.USUAL);

    public BoxAugmentation {
        Objects.requireNonNull(crop, "crop");
        Objects.requireNonNull(color, "color");
        probability("a flip", flip);
        probability("an upside-down photo", upsideDown);
        probability("a mosaic", mosaic);
    }

    private static void probability(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new BadValueException("the probability of " + what + " must lie between 0 and 1, not at " + value);
        }
    }

    /// With another crop.
    public BoxAugmentation withCrop(ObjectCrop newCrop) {
        return new BoxAugmentation(newCrop, flip, upsideDown, color, mosaic);
    }

    /// With other probabilities of flips.
    public BoxAugmentation withFlips(double newFlip, double newUpsideDown) {
        return new BoxAugmentation(crop, newFlip, newUpsideDown, color, mosaic);
    }

    /// With other color changes.
    public BoxAugmentation withColor(ColorJitter newColor) {
        return new BoxAugmentation(crop, flip, upsideDown, newColor, mosaic);
    }

    /// With another probability of mosaics.
    public BoxAugmentation withMosaic(double newMosaic) {
        return new BoxAugmentation(crop, flip, upsideDown, color, newMosaic);
    }
}
