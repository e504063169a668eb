package org.mobilenet4j.app.experiment;

import java.util.Locale;

/// A sum of means with factors, such as a difference, and its standard error over seeds: the runs are
/// independent of each other, so the squares of the errors add up.
///
/// @param value in points of accuracy
/// @param error its standard error; NaN where one of the means is of one seed
public record Contrast(double value, double error) {
    /// A difference this many standard errors large counts as one.
    static final int ERRORS = 2;

    static final Contrast NONE = new Contrast(0, 0);

    /// `first - second`.
    static Contrast difference(Spread first, Spread second) {
        return NONE.plus(1, first).plus(-1, second);
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
    Conclusion.Verdict gains() {
        if (!isKnown()) {
            return Conclusion.Verdict.OPEN;
        }
        return isAbove(0)
                ? Conclusion.Verdict.HOLDS
                : isBelow(0) ? Conclusion.Verdict.CONTRARY : Conclusion.Verdict.NOT_SHOWN;
    }

    /// For example `+1.20 points (standard error 0.31)`.
    String text() {
        return String.format(Locale.ROOT, "%+.2f points (standard error %.2f)", value, error);
    }
}
