package org.mobilenet4j.image;

import org.mobilenet4j.error.BadValueException;
/// What is done to a photo before a network sees it. The size it is resized to is the network's input.
///
/// @param crop the central share of each side that is kept, above 0 and up to 1; TF-Slim evaluates with 0.875
/// @param resize how the crop becomes the network's input
/// @param normalization how pixels become numbers

public record Preprocessing(double crop, Resize resize, Normalization normalization) {
    /// TF-Slim's evaluation: central crop 0.875, legacy bilinear, [-1, 1].
    public static final Preprocessing TF_SLIM = new Preprocessing(0.875, Resize.LEGACY, Normalization.SIGNED);

    public Preprocessing {
        if (!(crop > 0 && crop <= 1)) {
            throw new BadValueException("the central crop must lie above 0 and up to 1, not " + crop);
        }
    }

    /// Another crop.
    public Preprocessing withCrop(double newCrop) {
        return new Preprocessing(newCrop, resize, normalization);
    }

    /// Another resize.
    public Preprocessing withResize(Resize newResize) {
        return new Preprocessing(crop, newResize, normalization);
    }
}
