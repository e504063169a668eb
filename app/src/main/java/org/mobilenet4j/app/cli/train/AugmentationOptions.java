package org.mobilenet4j.app.cli.train;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.OptionGroup;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.augment.BoxAugmentation;
import org.mobilenet4j.data.augment.ObjectCrop;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.fit.UsualAugmentation;
import picocli.CommandLine.Option;

/// Options of the random augmentation of training photos.
@OptionGroup("Augmentation")
public final class AugmentationOptions {
    public static final String LIGHT = "light";
    public static final String INCEPTION = "inception";

    @Option(
            names = "--augment",
            paramLabel = "none|light|inception",
            description =
                    "Random changes of photos: light shifts and flips; inception crops, flips and changes colors (default:"
                            + " inception; light in quantize, and where photos are no larger than the input).")
    private @Nullable String kind;

    @Option(
            names = "--smallest-area",
            paramLabel = "SHARE",
            description = "Smallest random crop, as a share of the photo's area (default: 0.35; Inception uses 0.05).")
    private @Nullable Double smallestArea;

    @Option(names = "--flip", paramLabel = "P", description = "Probability of a horizontal flip (default: 0.5).")
    private @Nullable Double flip;

    @Option(names = "--erasing", paramLabel = "P", description = "Probability of random erasing (default: 0).")
    private double erasing;

    @Option(names = "--mixup", paramLabel = "ALPHA", description = "Alpha of mixup (default: 0, none).")
    private double mixup;

    @Option(names = "--cutmix", paramLabel = "ALPHA", description = "Alpha of CutMix (default: 0, none).")
    private double cutmix;

    @Option(
            names = "--mixing",
            paramLabel = "P",
            description = "Probability that a batch gets mixup or CutMix, if any is chosen (default: 1).")
    private double mixing = 1;

    @Option(
            names = "--mixing-epochs",
            paramLabel = "N",
            description = "Epochs after which batches are no longer mixed (default: 0, never).")
    private int mixingEpochs;

    /// The augmentation of photos of objects that the options describe.
    ///
    /// @throws IllegalArgumentException if a value is out of range
    BoxAugmentation boxAugmentation() {
        var base = switch (kind == null ? INCEPTION : kind) {
            case "none" -> BoxAugmentation.NONE;
            case LIGHT -> BoxAugmentation.NONE.withFlips(0.5, 0);
            case INCEPTION -> BoxAugmentation.USUAL;
            default -> throw new BadValueException("--augment takes none, light or inception, not " + kind);
        };
        var crop = base.crop();
        var cropped = smallestArea == null
                ? base
                : base.withCrop(crop.withRectangle(ObjectCrop.USUAL.rectangle().withSmallest(smallestArea)));
        return flip == null ? cropped : cropped.withFlips(flip, 0);
    }

    /// The augmentation that the options describe.
    ///
    /// @param otherwise the kind if `--augment` is not given
    /// @throws IllegalArgumentException if a value is out of range
    public Augmentation augmentation(String otherwise) {
        var usual = smallestArea == null ? otherwise : INCEPTION;
        var base = switch (kind == null ? usual : kind) {
            case "none" -> Augmentation.NONE;
            case LIGHT -> Augmentation.LIGHT;
            case INCEPTION ->
                Augmentation.inception(smallestArea == null ? UsualAugmentation.SMALLEST_AREA : smallestArea);
            default -> throw new BadValueException("--augment takes none, light or inception, not " + kind);
        };
        var flipped = flip == null ? base : base.withFlip(flip);
        return flipped.withErasing(erasing).withMixup(mixup).withCutmix(cutmix).withMixing(mixing, mixingEpochs);
    }
}
