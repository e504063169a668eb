package org.mobilenet4j.kernel.training;

/// Fake quantization: rounds values as if they were quantized and dequantized again, and its backward pass (Jacob
/// et al., arXiv 1712.05877, section 3).
///
/// Feature maps are rows of pixels, `inStride`, `outStride` or `stride` floats apart and `channels` floats long, a
/// multiple of [org.mobilenet4j.kernel.layout.PixelStride#FLOATS].
public interface FakeQuantizeKernel {
    /// `out = step * round(min(max(in / step, low), high))`, half away from zero as in `QuantizeKernel`. An
    /// activation is included by narrowing the bounds. NaN becomes zero.
    ///
    /// @param step the scale
    /// @param low the least quantized value, less the zero point
    /// @param high the greatest quantized value, less the zero point
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

    /// The straight-through estimator of the gradient (Bengio et al., arXiv 1308.3432): `gradient = incoming` where
    /// `least < in < greatest`, 0 elsewhere, as if nothing were rounded.
    ///
    /// @param in at `at`, as is `gradient`, their pixels `stride` apart
    /// @param adds whether to add to the present values of `gradient`
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
