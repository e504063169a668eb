package org.mobilenet4j.compress.distill;

import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.train.loss.Loss;

/// The labels and the teacher's softened probabilities, mixed (Hinton et al., arXiv 1503.02531):
///
/// ```
/// (1 - w) * H(labels, softmax(s)) + w * T^2 * H(softmax(t / T), softmax(s / T))
/// ```
///
/// with the cross-entropy `H(p, q) = -sum over c of p[c] * log(q[c])`, the student's logits `s` and the teacher's `t`.
/// The gradient of softened probabilities shrinks with `T^2`; the factor compensates, so that `w` means the same for
/// every `T`. A row of targets: the label probabilities, then the teacher's logits, up to a constant.
///
/// @param temperature `T`, above 0: higher values give unlikely classes more weight
/// @param weight `w`, from 0 to 1
/// @param labelSmoothing smoothing of the labels only, as in [org.mobilenet4j.train.loss.SoftmaxCrossEntropy]
public record SoftTargetLoss(double temperature, double weight, double labelSmoothing) implements Loss {
    public SoftTargetLoss {
        LossRows.requireShare("the teacher's weight", weight);
        if (!(temperature > 0 && temperature <= Distillation.MAX_TEMPERATURE)) {
            throw new BadValueException("the temperature must lie above 0 and up to " + Distillation.MAX_TEMPERATURE
                    + ", not at " + temperature);
        }
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
            sum += row(scores, row * width, targets, row * 2 * width, gradients, width, batch);
        }
        return sum;
    }

    private double row(float[] scores, int at, float[] targets, int from, float[] gradients, int width, int batch) {
        double logTotal = LossRows.logTotal(scores, at, width, 1);
        double logSoft = LossRows.logTotal(scores, at, width, temperature);
        double logTeacher = LossRows.logTotal(targets, from + width, width, temperature);
        double loss = 0;
        for (int i = 0; i < width; i++) {
            double label = targets[from + i] * (1 - labelSmoothing) + labelSmoothing / width;
            double logShare = scores[at + i] - logTotal;
            double taught = Math.exp(targets[from + width + i] / temperature - logTeacher);
            double logSoftShare = scores[at + i] / temperature - logSoft;
            loss -= (1 - weight) * label * logShare + weight * temperature * temperature * taught * logSoftShare;
            double ofLabels = Math.exp(logShare) - label;
            double ofTeacher = temperature * (Math.exp(logSoftShare) - taught);
            gradients[at + i] = (float) (((1 - weight) * ofLabels + weight * ofTeacher) / batch);
        }
        return loss;
    }
}
