package org.mobilenet4j.app.experiment.conclusion;

/// A straight line through points by least squares.
///
/// @param intercept at x = 0
/// @param slope rise for each 1 of x
/// @param determination R^2, the share of y's variance that the line explains; 1 where y has none
public record Line(double intercept, double slope, double determination) {
    /// Through at least two points with different `x`.
    static Line through(double[] x, double[] y) {
        double meanX = Spread.of(x).mean();
        double meanY = Spread.of(y).mean();
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        double slope = xy / xx;
        return new Line(meanY - slope * meanX, slope, yy == 0 ? 1 : xy * xy / (xx * yy));
    }

    /// The same on logarithms of base 2 of `x`: the slope is the rise for each doubling.
    static Line throughDoublings(double[] x, double[] y) {
        var logarithms = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            logarithms[i] = Math.log(x[i]) / Math.log(2);
        }
        return through(logarithms, y);
    }
}
