package org.mobilenet4j.compress.distill;

import org.mobilenet4j.train.loss.Loss;

/// For any number of labels per photo: the sigmoid cross-entropy of [org.mobilenet4j.train.loss.SigmoidCrossEntropy]
/// against
/// `(1 - w) * label + w * p`, where `p` are the teacher's probabilities, the outputs of its sigmoid.
///
/// With `w = 1` the network mimics the teacher and the labels do not matter, as in the paper's experiment with
/// attributes of faces (section 4.5): unlabeled photos can be used. A row of targets: the labels, then `p`.
///
/// @param weight `w`, from 0 to 1
public record SoftLabelLoss(double weight) implements Loss {
    public SoftLabelLoss {
        LossRows.requireShare("the teacher's weight", weight);
    }

    @Override
    public int targets(int width) {
        return 2 * width;
    }

    @Override
    public double run(
            float[] scores, float[] targets, float[] gradients, int fromRow, int toRow, int width, int batch) {
        LossRows.check(this, scores, targets, gradients, fromRow, toRow, width, batch);
        double sum = 0;
        for (int row = fromRow; row < toRow; row++) {
            for (int i = 0; i < width; i++) {
                double score = scores[row * width + i];
                int from = row * 2 * width + i;
                double target = (1 - weight) * targets[from] + weight * targets[from + width];
                double power = Math.exp(-Math.abs(score));
                sum += Math.max(score, 0) - score * target + Math.log1p(power);
                double probability = score >= 0 ? 1 / (1 + power) : power / (1 + power);
                gradients[row * width + i] = (float) ((probability - target) / batch);
            }
        }
        return sum;
    }
}
