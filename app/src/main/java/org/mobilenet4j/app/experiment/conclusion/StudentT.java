package org.mobilenet4j.app.experiment.conclusion;

/// Student's t distribution: how many standard errors a difference of a few seeds' means may have by chance.
final class StudentT {
    /// For 1 to 10 degrees of freedom.
    private static final double[] FEW = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228};

    /// The normal distribution's.
    private static final double NORMAL = 1.959964;

    private StudentT() {}

    /// The quantile 0.975: in 95 of 100 cases chance stays within so many standard errors on either side.
    ///
    /// @param freedom degrees of freedom, at least 1. Up to 10 they are rounded down; above, the quantile is
    ///     the first terms of its expansion around the normal distribution's
    static double quantile(double freedom) {
        if (freedom < FEW.length + 1) {
            return FEW[Math.max(1, (int) freedom) - 1];
        }
        double cubed = NORMAL * NORMAL * NORMAL;
        double first = (cubed + NORMAL) / 4;
        double second = (5 * cubed * NORMAL * NORMAL + 16 * cubed + 3 * NORMAL) / 96;
        return NORMAL + first / freedom + second / freedom / freedom;
    }
}
