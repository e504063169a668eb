package org.mobilenet4j.kernel.training;

/// The update rules of optimizers, for the weights from `from` up to but not including `to`. All variants give the same
/// bits: each operation is rounded by itself.
public interface UpdateKernel {
    /// Momentum: `g = gradient + decay * value`, `sum = momentum * sum + g`, `value -= rate * sum`.
    void descend(
            float[] values, float[] gradients, float[] sums, int from, int to, float rate, float decay, float momentum);

    /// Nesterov's form of momentum: as [#descend], but `value -= rate * (g + momentum * sum)`.
    void descendAhead(
            float[] values, float[] gradients, float[] sums, int from, int to, float rate, float decay, float momentum);

    /// RMSProp as in TensorFlow: `g = gradient + decay * value`, `square += (g * g - square) * fresh`, `sum = momentum
    /// *
    /// sum + rate * g / sqrt(square + epsilon)`, `value -= sum`.
    void rmsPropTensorFlow(
            float[] values,
            float[] gradients,
            float[] squares,
            float[] sums,
            int from,
            int to,
            float rate,
            float decay,
            float fresh,
            float momentum,
            float epsilon);

    /// RMSProp as in PyTorch: `g = gradient + decay * value`, `square = old * square + fresh * g * g`, `sum = momentum
    /// *
    /// sum + g / (sqrt(square) + epsilon)`, `value -= rate * sum`.
    void rmsPropPyTorch(
            float[] values,
            float[] gradients,
            float[] squares,
            float[] sums,
            int from,
            int to,
            float rate,
            float decay,
            float old,
            float fresh,
            float momentum,
            float epsilon);

    /// AdamW: `mean += freshMean * (gradient - mean)`, `square = oldSquare * square + freshSquare * gradient *
    /// gradient`,
    /// `value = value * shrink - size * mean / (sqrt(square) / root + epsilon)`.
    void adamW(
            float[] values,
            float[] gradients,
            float[] means,
            float[] squares,
            int from,
            int to,
            float shrink,
            float size,
            float root,
            float freshMean,
            float oldSquare,
            float freshSquare,
            float epsilon);

    /// A moving average: `average += fresh * (value - average)`.
    void average(float[] values, float[] averages, int from, int to, float fresh);
}
