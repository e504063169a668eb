package org.mobilenet4j.compress.prune;

/// The mean of a clipped normal distribution (Nagel et al., arXiv 1906.04721, appendix B).
final class ClippedNormal {
    private ClippedNormal() {}

    /// The mean of `min(max(x, 0), high)` for normal `x`.
    ///
    /// @param deviation standard deviation; 0 for a constant
    /// @param high upper limit; may be infinite
    static double mean(double mean, double deviation, double high) {
        if (deviation == 0) {
            return Math.min(Math.max(mean, 0), high);
        }
        double low = -mean / deviation;
        double top = (high - mean) / deviation;
        double inside = mean * (cumulative(top) - cumulative(low)) + deviation * (density(low) - density(top));
        return Double.isInfinite(high) ? inside : inside + high * (1 - cumulative(top));
    }

    private static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    /// Abramowitz and Stegun, 26.2.17: with an error of at most 7.5e-8.
    private static double cumulative(double x) {
        if (Double.isInfinite(x)) {
            return x > 0 ? 1 : 0;
        }
        double t = 1 / (1 + 0.2316419 * Math.abs(x));
        double series =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        double above = density(x) * series;
        return x > 0 ? 1 - above : above;
    }
}
