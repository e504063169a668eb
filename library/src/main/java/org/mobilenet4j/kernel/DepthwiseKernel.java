package org.mobilenet4j.kernel;

/// Depthwise convolution: every channel is filtered separately.
///
/// `out[y, x, c*m + q] = clamp(bias[c*m + q] + sum over (i, j) of in[y*s + i*d - top, x*s + j*d - left, c] *
/// kernel[i, j, c, q])`.
public interface DepthwiseKernel extends SumKernel {}
