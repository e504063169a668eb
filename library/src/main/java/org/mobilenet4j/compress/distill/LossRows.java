package org.mobilenet4j.compress.distill;

import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.train.loss.Loss;

/// Shared parts of the distillation losses.
final class LossRows {
    private LossRows() {}

    /// `log(sum over i of exp(values[i] / temperature))` over `width` values from `at` on, without overflow.
    static double logTotal(float[] values, int at, int width, double temperature) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = at; i < at + width; i++) {
            largest = Math.max(largest, values[i]);
        }
        double total = 0;
        for (int i = at; i < at + width; i++) {
            total += Math.exp((values[i] - largest) / temperature);
        }
        return largest / temperature + Math.log(total);
    }

    /// Checks the arguments of [Loss#run].
    static void check(
            Loss loss,
            float[] scores,
            float[] targets,
            float[] gradients,
            int fromRow,
            int toRow,
            int width,
            int batch) {
        if (width < 1 || batch < 1) {
            throw new BadValueException(
                    "a row needs at least one value and a batch at least one photo, not " + width + " and " + batch);
        }
        Objects.checkFromToIndex(fromRow, toRow, scores.length / width);
        Objects.checkFromToIndex(fromRow, toRow, gradients.length / width);
        Objects.checkFromToIndex(fromRow, toRow, targets.length / loss.targets(width));
    }

    /// Checks that `value` lies from 0 to 1.
    static void requireShare(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new BadValueException(what + " must lie between 0 and 1, not at " + value);
        }
    }
}
