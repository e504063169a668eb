package org.mobilenet4j.kernel;

/// Values made what they would be if they were quantized and read again, and the way back through that: fake
/// quantization (Jacob et al., arXiv 1712.05877, section 3).
///
/// Maps are rows of pixels, `inStride`, `outStride` or `stride` floats apart, `channels` floats long, which is a
/// multiple of [org.mobilenet4j.kernel.layout.PixelStride#FLOATS].
public interface FakeQuantizeKernel {
    /// `out = step * round(min(max(in / step, low), high))`, half away from zero as [QuantizeKernel]
    /// rounds. Bounds that hold an activation's too make it part of this. No number at all becomes zero.
    ///
    /// @param step the scale
    /// @param low the least number, less the zero point
    /// @param high the greatest, less the zero point
    void quantize(
            float[] in,
            int inAt,
            int inStride,
            float step,
            int low,
            int high,
            float[] out,
            int outAt,
            int outStride,
            int pixels,
            int channels);

    /// The straight-through estimate of the way back (Bengio et al., arXiv 1308.3432): `gradient = incoming` where
    /// `least < in < greatest`, 0 elsewhere, as if nothing were rounded.
    ///
    /// @param in at `at`, as is `gradient`, their pixels `stride` apart
    /// @param adds whether to add to what `gradient` holds
    void pass(
            float[] incoming,
            int incomingAt,
            int incomingStride,
            float[] in,
            float least,
            float greatest,
            float[] gradient,
            int at,
            int stride,
            boolean adds,
            int pixels,
            int channels);
}
