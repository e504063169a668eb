package org.mobilenet4j.image;

import java.util.Objects;
import org.mobilenet4j.error.BadValueException;

/// The preprocessing of a photo for a network. The target size of the resize is the network's input size.
///
/// @param crop share of each side that a central crop keeps, above 0 and up to 1; TF-Slim evaluates with 0.875
/// @param resize how the crop is resized to the network's input
/// @param normalization how pixel values are normalized
/// @param channels the order of red, green and blue in the network's input, and in the normalization
/// @param padsToSquare whether the photo first becomes a square, with black rows below it or black columns at its
///     right, so that resizing to a square does not distort it
public record Preprocessing(
        double crop, Resize resize, Normalization normalization, ChannelOrder channels, boolean padsToSquare) {
    /// TF-Slim's evaluation: central crop 0.875, legacy bilinear, [-1, 1].
    public static final Preprocessing TF_SLIM = new Preprocessing(0.875, Resize.LEGACY, Normalization.SIGNED);

    public Preprocessing {
        Objects.requireNonNull(resize, "resize");
        Objects.requireNonNull(normalization, "normalization");
        Objects.requireNonNull(channels, "channels");
        if (!(crop > 0 && crop <= 1)) {
            throw new BadValueException("the central crop must lie above 0 and up to 1, not " + crop);
        }
    }

    /// Preprocessing of photos as they are.
    public Preprocessing(double crop, Resize resize, Normalization normalization, ChannelOrder channels) {
        this(crop, resize, normalization, channels, false);
    }

    /// Preprocessing for an input of red, green and blue, in this order.
    public Preprocessing(double crop, Resize resize, Normalization normalization) {
        this(crop, resize, normalization, ChannelOrder.RGB);
    }

    /// With another crop.
    public Preprocessing withCrop(double newCrop) {
        return new Preprocessing(newCrop, resize, normalization, channels, padsToSquare);
    }

    /// With another resize.
    public Preprocessing withResize(Resize newResize) {
        return new Preprocessing(crop, newResize, normalization, channels, padsToSquare);
    }

    /// With another normalization.
    public Preprocessing withNormalization(Normalization newNormalization) {
        return new Preprocessing(crop, resize, newNormalization, channels, padsToSquare);
    }

    /// With another order of the channels; the normalization stays with their positions.
    public Preprocessing withChannels(ChannelOrder newChannels) {
        return new Preprocessing(crop, resize, normalization, newChannels, padsToSquare);
    }

    /// With or without padding to a square.
    public Preprocessing withPadsToSquare(boolean pads) {
        return new Preprocessing(crop, resize, normalization, channels, pads);
    }

    /// The photo that is cropped: `photo`, or a square with it.
    ///
    /// @throws BadValueException if it is so long that the square would be far larger than itself
    public Image padded(Image photo) {
        return padsToSquare ? photo.padded() : photo;
    }

    /// For an input of `count` channels: one of gray gets the average of the colors' normalization.
    public Preprocessing forChannels(int count) {
        return count == 1 ? withNormalization(normalization.averaged()) : this;
    }
}
