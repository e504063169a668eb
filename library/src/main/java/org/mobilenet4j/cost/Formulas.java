package org.mobilenet4j.cost;

/// The formulas of sections 3.1 to 3.4: mult-adds with kernels of `kernel x kernel` (Dk), `in` input channels (M),
/// `out` output channels (N) and an output feature map of `map x map` (Df).
///
/// The width multiplier alpha scales `in` and `out`, the resolution multiplier rho scales `map`, so both shrink a
/// separable layer about quadratically. [Cost] counts layer by layer and does not need these; they document it and
/// check it.
public final class Formulas {
    private Formulas() {}

    /// Standard convolution: `Dk * Dk * M * N * Df * Df`.
    public static long standard(long kernel, long in, long out, long map) {
        return kernel * kernel * in * out * map * map;
    }

    /// Depthwise convolution: `Dk * Dk * M * Df * Df`.
    public static long depthwise(long kernel, long in, long map) {
        return kernel * kernel * in * map * map;
    }

    /// Pointwise convolution: `M * N * Df * Df`.
    public static long pointwise(long in, long out, long map) {
        return in * out * map * map;
    }

    /// Depthwise separable convolution: a depthwise and a pointwise one.
    public static long separable(long kernel, long in, long out, long map) {
        return depthwise(kernel, in, map) + pointwise(in, out, map);
    }

    /// The mult-adds of a depthwise separable convolution as a share of a standard one's: `1/N + 1/Dk^2`.
    public static double separableRatio(long kernel, long out) {
        return 1.0 / out + 1.0 / (kernel * kernel);
    }
}
