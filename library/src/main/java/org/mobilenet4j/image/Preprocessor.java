package org.mobilenet4j.image;

import org.mobilenet4j.tensor.Shape;

/// Turns photos into a network's input: central crop, resize, normalize. Keeps working memory, so each thread has its
/// own.
///
/// TF-Slim scales to [0, 1], crops, resizes, then subtracts 0.5 and doubles; that order is kept, so its numbers come
/// out
/// to the bit where the decoded photo is the same.
public final class Preprocessor {
    private final double fraction;
    private final Shape input;
    private final Resampler resampler;
    private final Normalizer normalizer;
    private final float[] row;

    /// @param preprocessing what is done
    /// @param input the network's input: RGB, or one channel of gray
    /// @throws IllegalArgumentException when the input has another number of channels, or a gray one is to be
    ///     normalized by numbers that differ between colors
    public Preprocessor(Preprocessing preprocessing, Shape input) {
        this.fraction = preprocessing.crop();
        this.input = input;
        this.normalizer = new Normalizer(preprocessing.normalization(), input.channels());
        this.resampler = Resampler.of(preprocessing.resize(), input.height(), input.width());
        this.row = new float[input.width() * 3];
    }

    /// Writes the network's input for `image`, row by row with a pixel's channels side by side, to
    /// `input.elements()` values of `target` from `offset` on.
    ///
    /// @throws IllegalArgumentException when they do not fit
    public void apply(Image image, float[] target, int offset) {
        if (offset < 0 || target.length - offset < input.elements()) {
            throw new IllegalArgumentException("an input of " + input + " does not fit into an array of "
                    + target.length + " values from " + offset + " on");
        }
        var crop = Crop.central(image, fraction);
        resampler.prepare(crop);
        int at = offset;
        for (int y = 0; y < input.height(); y++) {
            resampler.row(image, crop, y, row);
            at = normalizer.apply(row, 0, input.width(), target, at);
        }
    }
}
