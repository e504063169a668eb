package org.mobilenet4j.data.augment;

import java.util.Objects;
import org.mobilenet4j.error.BadValueException;

/// The random changes to photos in training. All parameters are plain numbers, so that a recipe can be saved.
///
/// @param crop the part of the photo that is used
/// @param shift the largest shift in each direction, as a share of the sides, with the edge repeated: "pad and crop",
///     for photos as small as the input; in [0, 0.5]
/// @param flip probability of a horizontal flip; in [0, 1]
/// @param color random changes of color
/// @param erasing probability that a rectangle of 2 to 33 % of the area is overwritten with noise (random erasing); in
///     [0, 1]
/// @param mixup the alpha of mixup, 0 for none: two photos of a batch are blended, `lambda` of one and `1 - lambda` of
///     the other, with `lambda` from Beta(alpha, alpha)
/// @param cutmix the alpha of cutmix, 0 for none: a rectangle of one photo is replaced by the same rectangle of
///     another. With both, each batch gets one or the other
/// @param mixing probability that a batch gets mixup or cutmix at all; in [0, 1]
/// @param mixedEpochs epochs after which no batch does, so that a training ends with photos as they are; 0 for none
public record Augmentation(
        RandomCrop crop,
        double shift,
        double flip,
        ColorJitter color,
        double erasing,
        double mixup,
        double cutmix,
        double mixing,
        int mixedEpochs) {
    /// No augmentation: only the model's preprocessing.
    public static final Augmentation NONE = new Augmentation(RandomCrop.NONE, 0, 0, ColorJitter.NONE, 0, 0, 0, 1, 0);

    /// TF-Slim's for Inception and MobileNet: distorted crop, flip, brightness and saturation.
    public static final Augmentation INCEPTION =
            new Augmentation(RandomCrop.INCEPTION, 0, 0.5, ColorJitter.INCEPTION, 0, 0, 0, 1, 0);

    /// For few or small photos: shifted by up to an eighth and flipped.
    public static final Augmentation LIGHT =
            new Augmentation(RandomCrop.NONE, 0.125, 0.5, ColorJitter.NONE, 0, 0, 0, 1, 0);

    public Augmentation {
        Objects.requireNonNull(crop, "crop");
        Objects.requireNonNull(color, "color");
        if (!(shift >= 0 && shift <= 0.5)) {
            throw new BadValueException("photos can be shifted by 0 to 0.5 of their sides, not by " + shift);
        }
        if (!(flip >= 0 && flip <= 1) || !(erasing >= 0 && erasing <= 1)) {
            throw new BadValueException("the probabilities of flip and erasing must lie between 0 and 1, not at " + flip
                    + " and " + erasing);
        }
        if (!(mixing >= 0 && mixing <= 1) || mixedEpochs < 0) {
            throw new BadValueException("mixing takes a probability between 0 and 1 and a number of epochs, not "
                    + mixing + " and " + mixedEpochs);
        }
        if (!(mixup >= 0 && mixup <= 100) || !(cutmix >= 0 && cutmix <= 100)) {
            throw new BadValueException(
                    "the alphas of mixup and cutmix must lie between 0 and 100, not at " + mixup + " and " + cutmix);
        }
    }

    /// Whether batches of `epoch`, counted from 0, may be mixed.
    public boolean isMixed(int epoch) {
        return mixedEpochs == 0 || epoch < mixedEpochs;
    }

    /// Inception's, whose crops keep at least `area` of the photo.
    public static Augmentation inception(double area) {
        return INCEPTION.withCrop(RandomCrop.INCEPTION.withSmallest(area));
    }

    /// With another crop.
    public Augmentation withCrop(RandomCrop newCrop) {
        return new Augmentation(newCrop, shift, flip, color, erasing, mixup, cutmix, mixing, mixedEpochs);
    }

    /// With another shift.
    public Augmentation withShift(double newShift) {
        return new Augmentation(crop, newShift, flip, color, erasing, mixup, cutmix, mixing, mixedEpochs);
    }

    /// With another probability of a flip.
    public Augmentation withFlip(double newFlip) {
        return new Augmentation(crop, shift, newFlip, color, erasing, mixup, cutmix, mixing, mixedEpochs);
    }

    /// With other color changes.
    public Augmentation withColor(ColorJitter newColor) {
        return new Augmentation(crop, shift, flip, newColor, erasing, mixup, cutmix, mixing, mixedEpochs);
    }

    /// With another probability of erasing.
    public Augmentation withErasing(double newErasing) {
        return new Augmentation(crop, shift, flip, color, newErasing, mixup, cutmix, mixing, mixedEpochs);
    }

    /// With another mixup.
    public Augmentation withMixup(double alpha) {
        return new Augmentation(crop, shift, flip, color, erasing, alpha, cutmix, mixing, mixedEpochs);
    }

    /// With another cutmix.
    public Augmentation withCutmix(double alpha) {
        return new Augmentation(crop, shift, flip, color, erasing, mixup, alpha, mixing, mixedEpochs);
    }

    /// With mixup and cutmix on a share of the batches of the first epochs.
    ///
    /// @param epochs 0 for all
    public Augmentation withMixing(double probability, int epochs) {
        return new Augmentation(crop, shift, flip, color, erasing, mixup, cutmix, probability, epochs);
    }
}
