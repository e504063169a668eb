package org.mobilenet4j.app.experiment.conclusion;

import java.util.Arrays;
import java.util.Locale;

/// A sum of means with factors, such as a difference, and its standard error over seeds. Where runs are
/// independent of each other, the squares of the errors add up.
///
/// @param value in points of accuracy
/// @param error its standard error; NaN where one of the means is of one seed
public record Contrast(double value, double error) {
    /// A difference this many standard errors large counts as one.
    static final int ERRORS = 2;

    static final Contrast NONE = new Contrast(0, 0);

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
        return new Contrast(spread.mean(), spread.error());
    }

    /// With `factor * mean` more.
    Contrast plus(double factor, Spread mean) {
        return new Contrast(value + factor * mean.mean(), Math.hypot(error, factor * mean.error()));
    }

    /// Whether its error is known.
    boolean isKnown() {
        return !Double.isNaN(error);
    }

    /// Whether it is above `bound`, the doubt of twice its standard error taken off.
    boolean isAbove(double bound) {
        return value - ERRORS * error > bound;
    }

    /// Whether it is below `bound`, the doubt added.
    boolean isBelow(double bound) {
        return value + ERRORS * error < bound;
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
