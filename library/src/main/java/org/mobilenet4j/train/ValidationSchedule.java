package org.mobilenet4j.train;

import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.train.optimize.Checks;

/// When a training looks at the photos for validation, and when it gives up.
///
/// @param every epochs between two validations; the last epoch always has one
/// @param patience epochs without a better validation after which training ends; 0 for never
public record ValidationSchedule(int every, int patience) {
    /// After every epoch, and on to the last one.
    public static final ValidationSchedule EACH_EPOCH = new ValidationSchedule(1, 0);

    public ValidationSchedule {
        if (patience < 0) {
            throw new BadValueException("patience is a number of epochs, not " + patience);
        }
        Checks.count("the number of epochs between two validations", every);
        if (patience > 0 && patience < every) {
            throw new BadValueException("patience of " + patience + " epochs ends before the first validation, after "
                    + every + "; validate as often as that, or have more patience");
        }
    }

    /// After every epoch, until `patience` of them have brought nothing better.
    public static ValidationSchedule withPatience(int patience) {
        return new ValidationSchedule(1, patience);
    }

    /// After each `epochs` epochs, and after the last.
    public static ValidationSchedule every(int epochs) {
        return new ValidationSchedule(epochs, 0);
    }

    /// Whether epoch `epoch` of `epochs`, counted from 1, ends with a validation.
    boolean isDue(int epoch, int epochs) {
        return epoch % every == 0 || epoch == epochs;
    }

    /// Whether `epochs` epochs without a better validation are enough.
    boolean isOver(int epochs) {
        return patience > 0 && epochs >= patience;
    }
}
