package org.mobilenet4j.data.augment;

import java.util.SplittableRandom;
import org.mobilenet4j.error.BadValueException;

/// Random changes of color as in TF-Slim's `distort_color`, on RGB in [0, 1]; values are clipped to that range after
/// each.
///
/// @param brightness the largest number that is added to or subtracted from every value
/// @param contrast each channel's distance from its mean is multiplied by a number between `1 - contrast` and
///     `1 + contrast`
/// @param saturation HSV saturation is multiplied by a number between `1 - saturation` and `1 + saturation`
/// @param hue the largest rotation of the hue, as a share of the whole circle
public record ColorJitter(double brightness, double contrast, double saturation, double hue) {
    /// No changes.
    public static final ColorJitter NONE = new ColorJitter(0, 0, 0, 0);

    /// TF-Slim's fast mode, which its MobileNets were trained with: brightness 32/255, saturation 0.5
    /// to 1.5.
    public static final ColorJitter INCEPTION = new ColorJitter(32 / 255.0, 0, 0.5, 0);

    public ColorJitter {
        if (!(brightness >= 0 && brightness <= 1)
                || !(contrast >= 0 && contrast <= 1)
                || !(saturation >= 0 && saturation <= 1)
                || !(hue >= 0 && hue <= 0.5)) {
            throw new BadValueException("changes of brightness, contrast and saturation must lie between 0 and 1, of"
                    + " hue between 0 and 0.5, not at " + brightness + ", " + contrast + ", " + saturation + " and "
                    + hue);
        }
    }

    /// Changes `3 * pixels` values from `offset` on. The order of the changes is random too.
    void apply(float[] rgb, int offset, int pixels, SplittableRandom random) {
        if (equals(NONE)) {
            return;
        }
        int end = offset + 3 * pixels;
        int first = random.nextInt(4);
        for (int i = 0; i < 4; i++) {
            switch ((first + i) % 4) {
                case 0 -> {
                    if (brightness > 0) {
                        Colors.brighten(rgb, offset, end, (float) around(0, brightness, random));
                    }
                }
                case 1 -> {
                    if (saturation > 0) {
                        Colors.saturate(rgb, offset, end, (float) around(1, saturation, random));
                    }
                }
                case 2 -> {
                    if (hue > 0) {
                        Colors.turn(rgb, offset, end, (float) around(0, hue, random));
                    }
                }
                default -> {
                    if (contrast > 0) {
                        Colors.contrast(rgb, offset, end, (float) around(1, contrast, random));
                    }
                }
            }
        }
    }

    private static double around(double middle, double spread, SplittableRandom random) {
        return middle + spread * (2 * random.nextDouble() - 1);
    }
}
