package org.mobilenet4j.kernel.training;

import org.mobilenet4j.kernel.layout.Clamp;

/// Batch normalization and activations in training, for every pixel and channel.
///
/// Feature maps are rows of pixels, `inStride`, `outStride` or `stride` floats apart and `channels` floats long, a
/// multiple of [org.mobilenet4j.kernel.layout.PixelStride#FLOATS]. Per-channel arrays have `channels` values.
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

    /// The backward pass of [#activate]: `gradient = incoming` where `low < in * scale + shift < high`, 0
    /// elsewhere, and `sums += sum of gradient`, `products += sum of gradient * (in - center)`, over the pixels.
    ///
    /// @param in at `at`, as is `gradient`, their pixels `stride` apart
    /// @param adds whether to add to the present values of `gradient`; the sums cover only what is added
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

    /// `out = gradient * a + in * b + c`: the backward pass of the normalization itself.
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
