package org.mobilenet4j.train;

/// How far a network's scores are from what they should be, and which way they should go.
///
/// Scores and targets are rows of `width` values, one row an image. Softmax is part of the loss: the scores are what
/// the
/// last layer makes before it.
public sealed interface Loss permits SoftmaxCrossEntropy, SigmoidCrossEntropy, MeanSquaredError {
    /// Adds up the losses of rows `fromRow` up to but not including `toRow`, and writes the gradient of the batch's
    /// mean
    /// loss by their scores. Rows may be shared out in any way with the same result.
    ///
    /// @param batch rows in the whole batch
    /// @return the sum of the rows' losses, not divided by `batch`
    double run(float[] scores, float[] targets, float[] gradients, int fromRow, int toRow, int width, int batch);
}
