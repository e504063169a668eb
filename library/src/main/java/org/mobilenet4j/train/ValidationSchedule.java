package org.mobilenet4j.train;

import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.train.optimize.Checks;

/// When to validate, and when to stop early.
///
/// @param every epochs between two validations; the last epoch always has one
/// @param patience epochs without a better validation after which training ends; 0 for no early stopping
public record ValidationSchedule(int every, int patience) {
    /// After every epoch, without early stopping.
    public static final ValidationSchedule EACH_EPOCH = new ValidationSchedule(1, 0);

    public ValidationSchedule {
        if (patience < 0) {
            throw new BadValueException("patience must be a number of epochs from 0 up, not " + patience);
        }
        Checks.count("the number of epochs between two validations", every);
        if (patience > 0 && patience < every) {
            throw new BadValueException("patience of " + patience + " epochs ends before the first validation, after "
                    + every + "; validate more often, or increase the patience");
        }
    }

    /// After every epoch, stopping after `patience` epochs without a better validation.
    public static ValidationSchedule withPatience(int patience) {
        return new ValidationSchedule(1, patience);
    }

    /// Every `epochs` epochs, and after the last.
    public static ValidationSchedule every(int epochs) {
        return new ValidationSchedule(epochs, 0);
    }

    /// Whether epoch `epoch` of `epochs`, counted from 1, ends with a validation.
    boolean isDue(int epoch, int epochs) {
        return epoch % every == 0 || epoch == epochs;
    }

    /// Whether to stop after `epochs` epochs without a better validation.
    boolean isOver(int epochs) {
        return patience > 0 && epochs >= patience;
    }
}
