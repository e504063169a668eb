package org.mobilenet4j.search;

import java.util.List;

/// Linear least squares with non-negative coefficients.
///
/// Features that cost time cannot save it: without the bound, a fit to noise gives some of them negative times. Solved
/// by coordinate descent (Franc, Hlavac and Navara, *Sequential coordinate-wise algorithm for the non-negative least
/// squares problem*, 2005), which converges, as the problem is convex.
final class NonNegativeLeastSquares {
    private static final int MOST_TURNS = 20_000;
    private static final double PRECISION = 1e-12;

    private NonNegativeLeastSquares() {}

    /// @param rows feature vectors, all of one length
    /// @param values the measured value of each row
    static double[] solve(List<double[]> rows, double[] values) {
        int count = rows.getFirst().length;
        var scale = scale(rows, count);
        var gram = new double[count][count];
        var right = new double[count];
        for (int r = 0; r < values.length; r++) {
            var row = rows.get(r);
            for (int i = 0; i < count; i++) {
                right[i] += row[i] * scale[i] * values[r];
                for (int j = 0; j < count; j++) {
                    gram[i][j] += row[i] * scale[i] * row[j] * scale[j];
                }
            }
        }
        var factors = descend(gram, right);
        for (int i = 0; i < count; i++) {
            factors[i] *= scale[i];
        }
        return factors;
    }

    private static double[] descend(double[][] gram, double[] right) {
        int count = right.length;
        var factors = new double[count];
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            double moved = 0;
            for (int i = 0; i < count; i++) {
                if (gram[i][i] == 0) {
                    continue; // a feature that no row has
                }
                double rest = right[i];
                for (int j = 0; j < count; j++) {
                    rest -= j == i ? 0 : gram[i][j] * factors[j];
                }
                double factor = Math.max(0, rest / gram[i][i]);
                moved = Math.max(moved, Math.abs(factor - factors[i]));
                factors[i] = factor;
            }
            if (moved < PRECISION) {
                break;
            }
        }
        return factors;
    }

    /// One over the Euclidean norm of each feature, so that bytes and layers have the same scale.
    private static double[] scale(List<double[]> rows, int count) {
        var scale = new double[count];
        for (int i = 0; i < count; i++) {
            double squares = 0;
            for (var row : rows) {
                squares += row[i] * row[i];
            }
            scale[i] = squares == 0 ? 1 : 1 / Math.sqrt(squares);
        }
        return scale;
    }
}
