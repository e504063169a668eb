package org.mobilenet4j.cost;

/// The formulas of section 3.1: mult-adds with kernels of `kernel x kernel`, `in` input channels, `out` output channels
/// and an output map of `map x map`.
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

    /// What is left of a standard convolution's mult-adds in a depthwise separable one: `1/N + 1/Dk^2`.
    public static double separableRatio(long kernel, long out) {
        return 1.0 / out + 1.0 / (kernel * kernel);
    }
}
