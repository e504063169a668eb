package org.mobilenet4j.train.loss;

import org.mobilenet4j.train.optimize.Checks;

/// For regression, such as a teacher's features: the mean of `(score - target)^2` over a row.
public record MeanSquaredError() implements Loss {
    @Override
    public double run(
            float[] scores, float[] targets, float[] gradients, int fromRow, int toRow, int width, int batch) {
        Checks.loss(scores, targets, gradients, fromRow, toRow, width, batch);
        double sum = 0;
        for (int i = fromRow * width; i < toRow * width; i++) {
            double distance = (double) scores[i] - targets[i];
            sum += distance * distance / width;
            gradients[i] = (float) (2 * distance / width / batch);
        }
        return sum;
    }
}
