package org.mobilenet4j.train.loss;

import org.mobilenet4j.train.optimize.Checks;

/// For any number of labels per image: `-sum over c of t[c] * log(p[c]) + (1 - t[c]) * log(1 - p[c])` with
/// `p = sigmoid(scores)`, computed as `max(s, 0) - s * t + log(1 + exp(-|s|))`, which does not overflow.
///
/// @param labelSmoothing the share by which every target moves towards one half, from 0 up to but not including 1
public record SigmoidCrossEntropy(double labelSmoothing) implements Loss {
    public SigmoidCrossEntropy {
        Checks.share("label smoothing", labelSmoothing);
    }

    /// Without label smoothing.
    public SigmoidCrossEntropy() {
        this(0);
    }

    @Override
    public double run(
            float[] scores, float[] targets, float[] gradients, int fromRow, int toRow, int width, int batch) {
        Checks.loss(scores, targets, gradients, fromRow, toRow, width, batch);
        double sum = 0;
        for (int i = fromRow * width; i < toRow * width; i++) {
            double score = scores[i];
            double target = targets[i] * (1 - labelSmoothing) + labelSmoothing / 2;
            double power = Math.exp(-Math.abs(score));
            sum += Math.max(score, 0) - score * target + Math.log1p(power);
            double probability = score >= 0 ? 1 / (1 + power) : power / (1 + power);
            gradients[i] = (float) ((probability - target) / batch);
        }
        return sum;
    }
}
