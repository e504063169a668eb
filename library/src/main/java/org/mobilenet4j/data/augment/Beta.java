package org.mobilenet4j.data.augment;

import java.util.SplittableRandom;

/// Random numbers from the symmetric Beta distribution: the quotient `x / (x + y)` of two Gamma variables (Marsaglia
/// and Tsang, "A simple method for generating gamma variables", 2000), kept as logarithms, since for a small alpha both
/// often underflow a double.
public final class Beta {
    private Beta() {}

    /// A number in [0, 1] from Beta(alpha, alpha).
    public static double draw(double alpha, SplittableRandom random) {
        double x = logGamma(alpha, random);
        double y = logGamma(alpha, random);
        return 1 / (1 + Math.exp(y - x));
    }

    private static double logGamma(double shape, SplittableRandom random) {
        if (shape < 1) {
            // Gamma(a) is Gamma(a + 1) times U^(1/a).
            return logGamma(shape + 1, random) + Math.log(positive(random)) / shape;
        }
        double d = shape - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double normal = random.nextGaussian();
            double root = 1 + c * normal;
            if (root <= 0) {
                continue;
            }
            double v = root * root * root;
            if (Math.log(positive(random)) < 0.5 * normal * normal + d - d * v + d * Math.log(v)) {
                return Math.log(d * v);
            }
        }
    }

    private static double positive(SplittableRandom random) {
        return 1 - random.nextDouble();
    }
}
