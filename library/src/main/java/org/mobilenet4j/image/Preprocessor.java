package org.mobilenet4j.image;

import org.mobilenet4j.tensor.Shape;

/// Turns photos into a network's input: central crop, resize, normalise. Keeps working memory, so each thread has its
/// own.
///
/// TF-Slim scales to [0, 1], crops, resizes, then subtracts 0.5 and doubles; that order is kept, so its numbers come
/// out
/// to the bit where the decoded photo is the same.
public final class Preprocessor {
    // The shares of red, green and blue in grey, of Rec. 601.
    private static final float RED = 0.299f;
    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;

    private final double fraction;
    private final Shape input;
    private final Resampler resampler;
    private final float[] mean = new float[3];
    private final float[] std = new float[3];
    private final float[] row;

    /// @param preprocessing what is done
    /// @param input the network's input: RGB, or one channel of grey
    /// @throws IllegalArgumentException when the input has another number of channels, or a grey one is to be
    ///     normalised by numbers that differ between colours
    public Preprocessor(Preprocessing preprocessing, Shape input) {
        var normalization = preprocessing.normalization();
        if (input.channels() != 3 && input.channels() != 1) {
            throw new IllegalArgumentException(
                    "photos become inputs of 3 channels (RGB) or 1 (grey), not of " + input.channels());
        }
        for (int c = 0; c < 3; c++) {
            mean[c] = normalization.mean().get(c);
            std[c] = normalization.std().get(c);
            if (input.channels() == 1 && (mean[c] != mean[0] || std[c] != std[0])) {
                throw new IllegalArgumentException(
                        "a grey input needs the same mean and deviation three times, not " + normalization);
            }
        }
        this.fraction = preprocessing.crop();
        this.input = input;
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
            at = input.channels() == 3 ? putRgb(target, at) : putGrey(target, at);
        }
    }

    private int putRgb(float[] target, int offset) {
        int at = offset;
        for (int x = 0; x < row.length; x += 3) {
            for (int c = 0; c < 3; c++) {
                target[at++] = (row[x + c] - mean[c]) / std[c];
            }
        }
        return at;
    }

    private int putGrey(float[] target, int offset) {
        int at = offset;
        for (int x = 0; x < row.length; x += 3) {
            target[at++] = (RED * row[x] + GREEN * row[x + 1] + BLUE * row[x + 2] - mean[0]) / std[0];
        }
        return at;
    }
}
