package org.mobilenet4j.kernel.layout;

/// How far pixels lie apart where maps are trained on: whole cache lines, so that every kernel there works on whole
/// vectors only. What lies behind the channels is zero.
public final class PixelStride {
    /// The longest vector.
    public static final int FLOATS = Tuning.LINE;

    private PixelStride() {}

    /// The distance between pixels of so many channels.
    public static int of(int channels) {
        return Math.ceilDiv(channels, FLOATS) * FLOATS;
    }

    /// The same for working memory, where a gap keeps long rows out of each other's way in the cache.
    public static int ofScratch(int channels) {
        int stride = of(channels);
        return stride % Tuning.ALIASING == 0 ? stride + FLOATS : stride;
    }
}
