package org.mobilenet4j.kernel;

import org.mobilenet4j.kernel.layout.Clamp;

/// What batch normalization and activations do to every pixel in training, a channel at a time.
///
/// Maps are rows of pixels, `inStride`, `outStride` or `stride` floats apart, `channels` floats long, which is a
/// multiple of [org.mobilenet4j.kernel.layout.PixelStride#FLOATS]. Arrays with a value for each channel have `channels`
/// values.
public interface NormKernel {
    /// `out = clamp(in * scale + shift)`.
    void activate(
            float[] in,
            int inAt,
            int inStride,
            float[] scale,
            float[] shift,
            Clamp clamp,
            float[] out,
            int outAt,
            int outStride,
            int pixels,
            int channels);

    /// `sums += sum of (in - center)`, `squares += sum of (in - center)^2`, over the pixels.
    void statistics(
            float[] in, int at, int stride, float[] center, float[] sums, float[] squares, int pixels, int channels);

    /// The way back through [#activate]: `gradient = incoming` where `low < in * scale + shift < high`, 0 elsewhere,
    /// and
    /// `sums += sum of gradient`, `products += sum of gradient * (in - center)`, over the pixels.
    ///
    /// @param in at `at`, as is `gradient`, their pixels `stride` apart
    /// @param adds whether to add to what `gradient` holds; the sums count what is added
    void deactivate(
            float[] incoming,
            int incomingAt,
            int incomingStride,
            float[] in,
            float[] scale,
            float[] shift,
            Clamp clamp,
            float[] center,
            float[] gradient,
            int at,
            int stride,
            boolean adds,
            float[] sums,
            float[] products,
            int pixels,
            int channels);

    /// `out = gradient * a + in * b + c`: the way back through the normalization itself.
    ///
    /// @param gradient at `at`, as is `in`, their pixels `stride` apart
    void combine(
            float[] gradient,
            float[] in,
            int at,
            int stride,
            float[] a,
            float[] b,
            float[] c,
            float[] out,
            int outAt,
            int outStride,
            int pixels,
            int channels);
}
