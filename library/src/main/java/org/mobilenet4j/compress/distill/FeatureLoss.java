package org.mobilenet4j.compress.distill;

import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.train.loss.Loss;

/// The labels and the distance between the student's and the teacher's features, mixed:
///
/// ```
/// (1 - w) * H(labels, softmax(s)) + w * |f - t|^2 / |t|^2
/// ```
///
/// with the cross-entropy `H`, the student's logits `s` and features `f`, and the teacher's features `t`. The squared
/// error is relative to the photo's mean square, so it is about 1 for an untrained network and 0 for a perfect one,
/// whatever the scale of the teacher's features. A row of scores: the logits, then the features. A row of targets: the
/// label probabilities, then the teacher's features.
///
/// @param weight `w`, from 0 up to but not including 1: with 1 the last layer would not be trained
/// @param labelSmoothing smoothing of the labels, as in [org.mobilenet4j.train.loss.SoftmaxCrossEntropy]
/// @param features number of features
public record FeatureLoss(double weight, double labelSmoothing, int features) implements Loss {
    /// Below this mean square a teacher's features are ignored.
    private static final double NOTHING = 1e-12;

    public FeatureLoss {
        LossRows.requireShare("the teacher's weight", weight);
        if (weight == 1) {
            throw new BadValueException(
                    "with features the teacher's weight must lie below 1: only the labels" + " train the last layer");
        }
    }

    @Override
    public int classes(int width) {
        return width - features;
    }

    @Override
    public double run(
            float[] scores, float[] targets, float[] gradients, int fromRow, int toRow, int width, int batch) {
        LossRows.check(this, scores, targets, gradients, fromRow, toRow, width, batch);
        double sum = 0;
        for (int row = fromRow; row < toRow; row++) {
            int at = row * width;
            int classes = classes(width);
            sum += (1 - weight) * labels(scores, targets, gradients, at, classes, batch);
            sum += weight * features(scores, targets, gradients, at + classes, batch);
        }
        return sum;
    }

    private double labels(float[] scores, float[] targets, float[] gradients, int at, int classes, int batch) {
        double logTotal = LossRows.logTotal(scores, at, classes, 1);
        double loss = 0;
        for (int i = at; i < at + classes; i++) {
            double label = targets[i] * (1 - labelSmoothing) + labelSmoothing / classes;
            double logShare = scores[i] - logTotal;
            loss -= label * logShare;
            gradients[i] = (float) ((1 - weight) * (Math.exp(logShare) - label) / batch);
        }
        return loss;
    }

    private double features(float[] scores, float[] targets, float[] gradients, int at, int batch) {
        double square = 0;
        for (int i = at; i < at + features; i++) {
            square += (double) targets[i] * targets[i];
        }
        double share = square > NOTHING * features ? 1 / square : 0;
        double loss = 0;
        for (int i = at; i < at + features; i++) {
            double distance = (double) scores[i] - targets[i];
            loss += share * distance * distance;
            gradients[i] = (float) (weight * 2 * share * distance / batch);
        }
        return loss;
    }
}
