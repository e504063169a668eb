package org.mobilenet4j.app.cli.train;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.error.BadValueException;
import picocli.CommandLine.Option;

/// How photos are changed at random while a network is trained on them.
public final class AugmentationOptions {
    public static final String LIGHT = "light";
    public static final String INCEPTION = "inception";

    private static final double SMALLEST_AREA = 0.35;

    @Option(
            names = "--augment",
            paramLabel = "none|light|inception",
            description =
                    "light: moved and flipped; inception: random crops, flips, colors (default: inception; light in"
                            + " quantize).")
    private @Nullable String kind;

    @Option(
            names = "--smallest-area",
            paramLabel = "SHARE",
            description = "Smallest random crop, as a share of the photo's area (default: 0.35; Inception's is 0.05).")
    private @Nullable Double smallestArea;

    @Option(names = "--flip", paramLabel = "P", description = "How likely left becomes right (default: 0.5).")
    private @Nullable Double flip;

    @Option(names = "--erasing", paramLabel = "P", description = "How likely a rectangle is erased (default: 0).")
    private double erasing;

    @Option(names = "--mixup", paramLabel = "ALPHA", description = "Lay photos over each other (default: 0, never).")
    private double mixup;

    @Option(
            names = "--cutmix",
            paramLabel = "ALPHA",
            description = "Replace rectangles by other photos' (default: 0, never).")
    private double cutmix;

    /// The augmentation that the options ask for, or another kind where they name none.
    ///
    /// @param otherwise the kind where none is given
    /// @throws IllegalArgumentException when a number is out of its range
    public Augmentation augmentation(String otherwise) {
        var base = switch (kind == null ? otherwise : kind) {
            case "none" -> Augmentation.NONE;
            case LIGHT -> Augmentation.LIGHT;
            case INCEPTION -> Augmentation.inception(smallestArea == null ? SMALLEST_AREA : smallestArea);
            default -> throw new BadValueException("--augment takes none, light or inception, not " + kind);
        };
        var flipped = flip == null ? base : base.withFlip(flip);
        return flipped.withErasing(erasing).withMixup(mixup).withCutmix(cutmix);
    }
}
