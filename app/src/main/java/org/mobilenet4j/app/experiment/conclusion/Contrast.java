package org.mobilenet4j.app.experiment.conclusion;

import java.util.Arrays;
import java.util.Locale;

/// A sum of means with factors, such as a difference, and its standard error over seeds. Where runs are
/// independent of each other, the squares of the errors add up.
///
/// @param value in points of accuracy
/// @param error its standard error; NaN where one of the means is of one seed
/// @param freedom degrees of freedom of the error, by Welch and Satterthwaite; infinite where there is no error
public record Contrast(double value, double error, double freedom) {
    static final Contrast NONE = new Contrast(0, 0, Double.POSITIVE_INFINITY);

    /// `first - second`.
    public static Contrast difference(Spread first, Spread second) {
        return NONE.plus(1, first).plus(-1, second);
    }

    /// `first - second` where runs with the same seed start from the same floats: the mean of the differences
    /// seed by seed, from which cancels what such runs have in common.
    public static Contrast paired(Outcome first, Outcome second) {
        int seeds = Math.min(first.top1().size(), second.top1().size());
        var differences = new double[seeds];
        Arrays.setAll(differences, i -> first.top1().get(i) - second.top1().get(i));
        var spread = Spread.of(differences);
        return NONE.plus(1, spread);
    }

    /// With `factor * mean` more.
    Contrast plus(double factor, Spread mean) {
        double own = error * error;
        double other = factor * mean.error() * factor * mean.error();
        double both = own + other;
        double freedoms = own * own / freedom + other * other / (mean.count() - 1);
        return new Contrast(
                value + factor * mean.mean(),
                Math.sqrt(both),
                both == 0 ? Double.POSITIVE_INFINITY : both * both / freedoms);
    }

    /// Whether its error is known.
    boolean isKnown() {
        return !Double.isNaN(error);
    }

    /// Half of its 95 % confidence interval. With three seeds each that is 2.8 standard errors, with five 2.3.
    private double doubt() {
        return StudentT.quantile(freedom) * error;
    }

    /// Whether its 95 % confidence interval lies above `bound`.
    boolean isAbove(double bound) {
        return value - doubt() > bound;
    }

    /// Whether its 95 % confidence interval lies below `bound`.
    boolean isBelow(double bound) {
        return value + doubt() < bound;
    }

    /// Whether it is a gain, by more than the doubt.
    public Conclusion.Verdict gains() {
        if (!isKnown()) {
            return Conclusion.Verdict.OPEN;
        }
        return isAbove(0)
                ? Conclusion.Verdict.HOLDS
                : isBelow(0) ? Conclusion.Verdict.CONTRARY : Conclusion.Verdict.NOT_SHOWN;
    }

    /// For example `+1.20 points (standard error 0.31)`.
    public String text() {
        return String.format(Locale.ROOT, "%+.2f points (standard error %.2f)", value, error);
    }
}
