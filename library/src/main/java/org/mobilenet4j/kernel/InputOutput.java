package org.mobilenet4j.kernel;

/// Copies images from a caller's array into a program's memory, and results back.
public interface InputOutput {
    /// Copies image number `image` of `images`, dense NHWC, to its place.
    void load(float[] images, int image, Memory memory);

    /// Copies the result to position `image` of `results`, dense NHWC.
    void store(Memory memory, float[] results, int image);

    /// As [Kernel#warmUp].
    default boolean warmUp(Memory memory, Warmth warmth) {
        return true;
    }
}
