package org.mobilenet4j.image;

/// Turns RGB in [0, 1] into a network's input: normalized colors in the network's order, or normalized gray.
public final class Normalizer {
    // The shares of red, green and blue in gray, of Rec. 601.
    private static final float RED = 0.299f;
    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;

    private final int channels;

    /// Where the network's first color lies in a pixel of RGB; the last one lies opposite.
    private final int first;

    private final float[] mean = new float[3];
    private final float[] std = new float[3];

    /// @param preprocessing its mean, standard deviation and order of channels
    /// @param channels channels of the network's input: 3 (colors) or 1 (gray)
    /// @throws IllegalArgumentException for another number of channels, or for gray with a normalization that
    ///     differs between colors
    public Normalizer(Preprocessing preprocessing, int channels) {
        var normalization = preprocessing.normalization();
        if (channels != 3 && channels != 1) {
            throw new IllegalArgumentException(
                    "an input for photos must have 3 channels (RGB) or 1 (gray), not " + channels);
        }
        for (int c = 0; c < 3; c++) {
            mean[c] = normalization.mean().get(c);
            std[c] = normalization.std().get(c);
            if (channels == 1 && (mean[c] != mean[0] || std[c] != std[0])) {
                throw new IllegalArgumentException(
                        "a gray input needs the same mean and deviation for all colors, not " + normalization);
            }
        }
        this.channels = channels;
        this.first = preprocessing.channels() == ChannelOrder.RGB ? 0 : 2;
    }

    /// Normalizes `pixels` RGB pixels in [0, 1] from `from` on into `target` from `at` on. Both may be the same
    /// array and position.
    ///
    /// @return the position of the next pixel in `target`
    public int apply(float[] rgb, int from, int pixels, float[] target, int at) {
        int end = from + 3 * pixels;
        int to = at;
        if (channels == 1) {
            for (int i = from; i < end; i += 3) {
                target[to++] = (RED * rgb[i] + GREEN * rgb[i + 1] + BLUE * rgb[i + 2] - mean[0]) / std[0];
            }
            return to;
        }
        for (int i = from; i < end; i += 3, to += 3) {
            // Read before anything is written, as both may be the same place.
            float start = rgb[i + first];
            float last = rgb[i + 2 - first];
            target[to] = (start - mean[0]) / std[0];
            target[to + 1] = (rgb[i + 1] - mean[1]) / std[1];
            target[to + 2] = (last - mean[2]) / std[2];
        }
        return to;
    }

    /// Such as `Normalizer[3 channels]`.
    @Override
    public String toString() {
        return "Normalizer[" + channels + (channels == 1 ? " channel]" : " channels]");
    }
}
