package org.mobilenet4j.kernel.scalar;

import org.mobilenet4j.kernel.training.UpdateKernel;

/// The formulas of [UpdateKernel], value by value.
final class ScalarUpdate implements UpdateKernel {
    @Override
    public void descend(
            float[] values,
            float[] gradients,
            float[] sums,
            int from,
            int to,
            float rate,
            float decay,
            float momentum) {
        for (int i = from; i < to; i++) {
            float gradient = gradients[i] + decay * values[i];
            float sum = momentum * sums[i] + gradient;
            sums[i] = sum;
            values[i] -= rate * sum;
        }
    }

    @Override
    public void descendAhead(
            float[] values,
            float[] gradients,
            float[] sums,
            int from,
            int to,
            float rate,
            float decay,
            float momentum) {
        for (int i = from; i < to; i++) {
            float gradient = gradients[i] + decay * values[i];
            float sum = momentum * sums[i] + gradient;
            sums[i] = sum;
            values[i] -= rate * (gradient + momentum * sum);
        }
    }

    @Override
    public void rmsPropTensorFlow(
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
            float epsilon) {
        for (int i = from; i < to; i++) {
            float gradient = gradients[i] + decay * values[i];
            float square = squares[i] + (gradient * gradient - squares[i]) * fresh;
            float sum = momentum * sums[i] + rate * gradient / (float) Math.sqrt(square + epsilon);
            squares[i] = square;
            sums[i] = sum;
            values[i] -= sum;
        }
    }

    @Override
    public void rmsPropPyTorch(
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
            float epsilon) {
        for (int i = from; i < to; i++) {
            float gradient = gradients[i] + decay * values[i];
            float square = old * squares[i] + fresh * gradient * gradient;
            float sum = momentum * sums[i] + gradient / ((float) Math.sqrt(square) + epsilon);
            squares[i] = square;
            sums[i] = sum;
            values[i] -= rate * sum;
        }
    }

    @Override
    public void adamW(
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
            float epsilon) {
        for (int i = from; i < to; i++) {
            float gradient = gradients[i];
            float mean = means[i] + freshMean * (gradient - means[i]);
            float square = oldSquare * squares[i] + freshSquare * gradient * gradient;
            means[i] = mean;
            squares[i] = square;
            values[i] = values[i] * shrink - size * mean / ((float) Math.sqrt(square) / root + epsilon);
        }
    }

    @Override
    public void average(float[] values, float[] averages, int from, int to, float fresh) {
        for (int i = from; i < to; i++) {
            averages[i] += fresh * (values[i] - averages[i]);
        }
    }
}
