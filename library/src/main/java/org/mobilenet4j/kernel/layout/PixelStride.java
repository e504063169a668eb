package org.mobilenet4j.kernel.layout;

/// The distance between pixels in training: whole cache lines, so that every training kernel works on whole vectors
/// only. Floats after the channels are zero.
public final class PixelStride {
    /// Floats of the longest vector.
    public static final int FLOATS = Tuning.LINE;

    private PixelStride() {}

    /// The distance between pixels with that many channels.
    public static int of(int channels) {
        return Math.ceilDiv(channels, FLOATS) * FLOATS;
    }

    /// The same for working memory, where a gap keeps long rows from evicting each other from the cache.
    public static int ofScratch(int channels) {
        int stride = of(channels);
        return stride % Tuning.ALIASING == 0 ? stride + FLOATS : stride;
    }
}
