package org.mobilenet4j.kernel;

/// How far pixels lie apart where maps are trained on: whole cache lines, so that every kernel there works on whole
/// vectors only. What lies behind the channels is zero.
public final class PixelStride {
    /// The longest vector.
    public static final int FLOATS = 16;

    /// Rows of this many floats share the same few places of the first cache, if nothing lies between them.
    private static final int ALIASING = 256;

    private PixelStride() {}

    /// The distance between pixels of so many channels.
    public static int of(int channels) {
        return Math.ceilDiv(channels, FLOATS) * FLOATS;
    }

    /// The same for working memory, where a gap keeps long rows out of each other's way in the cache.
    public static int ofScratch(int channels) {
        int stride = of(channels);
        return stride % ALIASING == 0 ? stride + FLOATS : stride;
    }
}
