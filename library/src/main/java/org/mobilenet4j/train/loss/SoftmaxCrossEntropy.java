package org.mobilenet4j.train.loss;

import org.mobilenet4j.train.optimize.Checks;

/// For one class per image: `-sum over c of t[c] * log(softmax(scores)[c])`, where the targets `t` sum to one and
/// may be soft.
///
/// @param labelSmoothing the share of every target that is spread evenly over all classes (Szegedy et al., arXiv
///     1512.00567), from 0 up to but not including 1
public record SoftmaxCrossEntropy(double labelSmoothing) implements Loss {
    public SoftmaxCrossEntropy {
        Checks.share("label smoothing", labelSmoothing);
    }

    @Override
    public double run(
            float[] scores, float[] targets, float[] gradients, int fromRow, int toRow, int width, int batch) {
        Checks.loss(scores, targets, gradients, fromRow, toRow, width, batch);
        double sum = 0;
        for (int row = fromRow; row < toRow; row++) {
            sum += row(scores, targets, gradients, row * width, width, batch);
        }
        return sum;
    }

    private double row(float[] scores, float[] targets, float[] gradients, int at, int width, int batch) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = at; i < at + width; i++) {
            largest = Math.max(largest, scores[i]);
        }
        double total = 0;
        for (int i = at; i < at + width; i++) {
            total += Math.exp(scores[i] - largest);
        }
        double logTotal = largest + Math.log(total);
        double loss = 0;
        for (int i = at; i < at + width; i++) {
            double target = targets[i] * (1 - labelSmoothing) + labelSmoothing / width;
            double logShare = scores[i] - logTotal;
            loss -= target * logShare;
            gradients[i] = (float) ((Math.exp(logShare) - target) / batch);
        }
        return loss;
    }
}
