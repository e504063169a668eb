package org.mobilenet4j.image;

import org.mobilenet4j.error.BadValueException;
/// The preprocessing of a photo for a network. The target size of the resize is the network's input size.
///
/// @param crop share of each side that a central crop keeps, above 0 and up to 1; TF-Slim evaluates with 0.875
/// @param resize how the crop is resized to the network's input
/// @param normalization how pixel values are normalized

public record Preprocessing(double crop, Resize resize, Normalization normalization) {
    /// TF-Slim's evaluation: central crop 0.875, legacy bilinear, [-1, 1].
    public static final Preprocessing TF_SLIM = new Preprocessing(0.875, Resize.LEGACY, Normalization.SIGNED);

    public Preprocessing {
        if (!(crop > 0 && crop <= 1)) {
            throw new BadValueException("the central crop must lie above 0 and up to 1, not " + crop);
        }
    }

    /// With another crop.
    public Preprocessing withCrop(double newCrop) {
        return new Preprocessing(newCrop, resize, normalization);
    }

    /// With another resize.
    public Preprocessing withResize(Resize newResize) {
        return new Preprocessing(crop, newResize, normalization);
    }
}
