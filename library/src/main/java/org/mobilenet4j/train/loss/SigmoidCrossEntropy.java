package org.mobilenet4j.train.loss;

import org.mobilenet4j.train.optimize.Checks;

/// For any number of labels per image: `-sum over c of t[c] * log(p[c]) + (1 - t[c]) * log(1 - p[c])` with
/// `p = sigmoid(scores)`, computed as `max(s, 0) - s * t + log(1 + exp(-|s|))`, which does not overflow.
public record SigmoidCrossEntropy() implements Loss {
    @Override
    public double run(
            float[] scores, float[] targets, float[] gradients, int fromRow, int toRow, int width, int batch) {
        Checks.loss(scores, targets, gradients, fromRow, toRow, width, batch);
        double sum = 0;
        for (int i = fromRow * width; i < toRow * width; i++) {
            double score = scores[i];
            double power = Math.exp(-Math.abs(score));
            sum += Math.max(score, 0) - score * targets[i] + Math.log1p(power);
            double probability = score >= 0 ? 1 / (1 + power) : power / (1 + power);
            gradients[i] = (float) ((probability - targets[i]) / batch);
        }
        return sum;
    }
}
