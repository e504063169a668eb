package org.mobilenet4j.kernel;

/// Standard, grouped and pointwise convolution, and dense layers, which are pointwise convolutions of a single pixel.
///
/// `out[y, x, o] = clamp(bias[o] + sum over (i, j, c) of in[y*s + i*d - top, x*s + j*d - left, c] * kernel[i, j, c,
/// o])`.
public interface ConvKernel extends SumKernel {}
