package org.mobilenet4j.train;

/// How far a network's scores are from what they should be, and which way they should go.
///
/// Scores and targets are rows of `width` values, one row an image. Softmax is part of the loss: the scores are
/// what the last layer makes before it. Losses are summed in double precision, and finite for all finite scores.
public sealed interface Loss permits SoftmaxCrossEntropy, SigmoidCrossEntropy, MeanSquaredError {
    /// Adds up the losses of rows `fromRow` up to but not including `toRow`, and writes the gradient of the
    /// batch's mean loss by their scores. Rows may be shared out in any way with the same gradients, bit for bit.
    ///
    /// @param scores of the network, `width` for each row
    /// @param targets laid out alike
    /// @param gradients laid out alike, written
    /// @param batch rows in the whole batch
    /// @return the sum of the rows' losses, not divided by `batch`
    /// @throws IllegalArgumentException when `width` or `batch` is not positive
    /// @throws IndexOutOfBoundsException when an array has not that many rows
    double run(float[] scores, float[] targets, float[] gradients, int fromRow, int toRow, int width, int batch);
}
