package org.mobilenet4j.train.loss;

import org.mobilenet4j.train.optimize.Checks;

/// For two classes told apart by one score, whose sigmoid is the probability of the second: [SigmoidCrossEntropy] with
/// the second target of each row. The first is what is left to one.
///
/// @param labelSmoothing as in [SigmoidCrossEntropy]
public record TwoClassCrossEntropy(double labelSmoothing) implements Loss {
    private static final int CLASSES = 2;

    public TwoClassCrossEntropy {
        Checks.share("label smoothing", labelSmoothing);
    }

    @Override
    public double run(
            float[] scores, float[] targets, float[] gradients, int fromRow, int toRow, int width, int batch) {
        double sum = 0;
        for (int row = fromRow; row < toRow; row++) {
            double score = scores[row];
            double target = targets[row * CLASSES + 1] * (1 - labelSmoothing) + labelSmoothing / 2;
            double power = Math.exp(-Math.abs(score));
            sum += Math.max(score, 0) - score * target + Math.log1p(power);
            double probability = score >= 0 ? 1 / (1 + power) : power / (1 + power);
            gradients[row] = (float) ((probability - target) / batch);
        }
        return sum;
    }

    @Override
    public int targets(int width) {
        return CLASSES;
    }

    @Override
    public int classes(int width) {
        return CLASSES;
    }

    @Override
    public int answer(float[] scores, int at, int width) {
        return scores[at] > 0 ? 1 : 0;
    }
}
