package org.mobilenet4j.train.loss;

/// How far a network's scores are from what they should be, and which way they should go.
///
/// Scores are rows of `width` values, one row an image, and targets rows of [#targets]. Softmax is part
/// of the loss: the scores are what the last layer makes before it. Losses are summed in double
/// precision, and finite for all finite scores.
///
/// What a loss says of itself (`toString`) is part of a checkpoint: records of numbers do that.
public interface Loss {
    /// Adds up the losses of rows `fromRow` up to but not including `toRow`, and writes the gradient of
    /// the batch's mean loss by their scores. Rows may be shared out in any way with the same
    /// gradients, bit for bit.
    ///
    /// @param scores of the network, `width` for each row
    /// @param targets of the same rows
    /// @param gradients laid out as the scores, written
    /// @param batch rows in the whole batch
    /// @return the sum of the rows' losses, not divided by `batch`
    /// @throws IllegalArgumentException when `width` or `batch` is not positive
    /// @throws IndexOutOfBoundsException when an array has not that many rows
    double run(float[] scores, float[] targets, float[] gradients, int fromRow, int toRow, int width, int batch);

    /// How many values a row of targets has for `width` scores. The first [#classes] are the shares of
    /// the classes.
    default int targets(int width) {
        return width;
    }

    /// How many of `width` scores are those of classes: the first ones.
    default int classes(int width) {
        return width;
    }
}
