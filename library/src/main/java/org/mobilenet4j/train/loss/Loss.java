package org.mobilenet4j.train.loss;

/// The loss of a network's scores against targets, and its gradient.
///
/// Scores are rows of `width` values, one row per image, and targets rows of [#targets] values. Scores are logits:
/// softmax is part of the loss. Losses are summed in double precision, and finite for all finite scores.
///
/// The text of a loss (`toString`) is part of a checkpoint's identity; records of numbers provide it.
public interface Loss {
    /// Sums the losses of rows `fromRow` up to but not including `toRow`, and writes the gradient of the batch's
    /// mean loss with respect to their scores. The gradients are the same, bit for bit, however rows are split.
    ///
    /// @param scores the network's logits, `width` per row
    /// @param targets of the same rows
    /// @param gradients laid out like the scores, written
    /// @param batch number of rows in the whole batch
    /// @return the sum of the rows' losses, not divided by `batch`
    /// @throws IllegalArgumentException if `width` or `batch` is not positive
    /// @throws IndexOutOfBoundsException if an array has too few rows
    double run(float[] scores, float[] targets, float[] gradients, int fromRow, int toRow, int width, int batch);

    /// The number of values in a row of targets for `width` scores. The first [#classes] are the target
    /// probabilities of the classes.
    default int targets(int width) {
        return width;
    }

    /// How many classes `width` scores tell apart; unless [#answer] says otherwise, the first scores are theirs.
    default int classes(int width) {
        return width;
    }

    /// The class that a row of scores answers with.
    ///
    /// @param at where the row begins
    default int answer(float[] scores, int at, int width) {
        return largest(scores, at, classes(width));
    }

    /// The class that a row of targets wants.
    ///
    /// @param at where the row begins
    default int wanted(float[] rows, int at, int width) {
        return largest(rows, at, classes(width));
    }

    private static int largest(float[] values, int at, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            best = values[at + i] > values[at + best] ? i : best;
        }
        return best;
    }
}
