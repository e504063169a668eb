package org.mobilenet4j.image;

import org.mobilenet4j.tensor.Shape;

/// Turns photos into a network's input: central crop (of the photo padded to a square, where that is asked for),
/// resize,
/// normalize. Not thread-safe: it has scratch memory.
///
/// TF-Slim scales to [0, 1], crops, resizes, then subtracts 0.5 and doubles; this order is kept, so results agree to
/// the bit if the decoded photo does.
public final class Preprocessor {
    private final Preprocessing preprocessing;
    private final Shape input;
    private final Resampler resampler;
    private final Normalizer normalizer;
    private final float[] row;

    /// @param preprocessing the model's preprocessing
    /// @param input the network's input: RGB, or one channel of gray
    /// @throws IllegalArgumentException when the input has another number of channels, or is gray and the
    ///     normalization differs between colors
    public Preprocessor(Preprocessing preprocessing, Shape input) {
        this.preprocessing = preprocessing;
        this.input = input;
        this.normalizer = new Normalizer(preprocessing, input.channels());
        this.resampler = Resampler.of(preprocessing.resize(), input.height(), input.width());
        this.row = new float[input.width() * 3];
    }

    /// Writes the network's input for `image` to `input.elements()` values of `target` from `offset` on, in HWC
    /// order.
    ///
    /// @throws IllegalArgumentException when the values do not fit
    public void apply(Image image, float[] target, int offset) {
        if (offset < 0 || target.length - offset < input.elements()) {
            throw new IllegalArgumentException("an input of " + input + " does not fit into an array of "
                    + target.length + " values from " + offset + " on");
        }
        var photo = preprocessing.padded(image);
        var crop = Crop.seen(image, preprocessing);
        resampler.prepare(crop);
        int at = offset;
        for (int y = 0; y < input.height(); y++) {
            resampler.row(photo, crop, y, row);
            at = normalizer.apply(row, 0, input.width(), target, at);
        }
    }

    /// Such as `Preprocessor[central crop 0.875, to 224x224x3]`.
    @Override
    public String toString() {
        return "Preprocessor[central crop " + preprocessing.crop() + ", to " + input + "]";
    }
}
