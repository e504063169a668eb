package org.mobilenet4j.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;

/// A published figure beside ours.
///
/// @param printed as published, in `unit`
/// @param unit of `printed` and `value`
/// @param exact our exact count: mult-adds or parameters
/// @param value the same in `unit`
/// @param note why `value` does not round to `printed`, or empty
public record Figure(String printed, Unit unit, long exact, double value, String note) {
    public Figure {
        Objects.requireNonNull(printed, "printed");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(note, "note");
    }

    /// The unit of a printed figure.
    public enum Unit {
        MILLIONS,
        PERCENT
    }

    static Figure millions(String printed, long exact) {
        return new Figure(printed, Unit.MILLIONS, exact, exact / 1e6, "");
    }

    static Figure percent(String printed, long exact, long whole) {
        return new Figure(printed, Unit.PERCENT, exact, 100.0 * exact / whole, "");
    }

    Figure withNote(String newNote) {
        return new Figure(printed, unit, exact, value, newNote);
    }

    /// Whether `value`, rounded to the decimals of `printed`, is `printed`.
    public boolean agrees() {
        return rounded().compareTo(new BigDecimal(printed)) == 0;
    }

    /// `value`, rounded half up to the decimals of `printed`.
    public BigDecimal rounded() {
        return BigDecimal.valueOf(value).setScale(new BigDecimal(printed).scale(), RoundingMode.HALF_UP);
    }
}
