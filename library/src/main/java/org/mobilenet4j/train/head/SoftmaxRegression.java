package org.mobilenet4j.train.head;

import java.util.Arrays;
import org.mobilenet4j.error.BadValueException;

/// A dense layer with softmax on fixed features, which is a convex problem: the mean cross-entropy plus `decay / 2`
/// times the sum of the squared kernel.
///
/// Features are centered, and scaled by a common factor to a mean variance of 1, so that a decay means the same for
/// every network; [#kernel] and [#bias] undo both.
final class SoftmaxRegression {
    private static final int STEPS = 200;
    private static final double TOLERANCE = 1e-5;
    private static final double NO_VARIANCE = 1e-12;

    private final int width;
    private final int classes;
    private final double[] mean;
    private final double scale;
    /// The kernel, one row per feature, and the bias as the last row; for the scaled features.
    private final double[] values;

    private double decay;

    private SoftmaxRegression(Features features, int classes) {
        this.width = features.width();
        this.classes = classes;
        this.mean = new double[width];
        double squares = 0;
        for (int i = 0; i < features.values().length; i++) {
            mean[i % width] += features.values()[i] / features.rows();
        }
        for (int i = 0; i < features.values().length; i++) {
            double off = features.values()[i] - mean[i % width];
            squares += off * off;
        }
        this.scale = 1 / Math.sqrt(squares / features.values().length + NO_VARIANCE);
        this.values = new double[(width + 1) * classes];
    }

    /// The fit for the first of `decays`; [#refit] computes the others, starting from the current fit.
    ///
    /// @throws IllegalArgumentException if there are no features
    static SoftmaxRegression fit(Features features, int classes, double decay) {
        if (features.rows() == 0) {
            throw new BadValueException("there are no photos to fit the last layer to");
        }
        var regression = new SoftmaxRegression(features, classes);
        regression.refit(features, decay);
        return regression;
    }

    /// Fits the same features with another decay.
    void refit(Features features, double newDecay) {
        decay = newDecay;
        Lbfgs.minimize((point, gradient) -> objective(features, point, gradient), values, STEPS, TOLERANCE);
    }

    private double objective(Features features, double[] point, double[] gradient) {
        Arrays.fill(gradient, 0);
        var row = new double[width];
        var shares = new double[classes];
        double loss = 0;
        for (int i = 0; i < features.rows(); i++) {
            load(features, i, row);
            loss += loss(row, point, shares, features.label(i));
            shares[features.label(i)] -= 1;
            for (int f = 0; f < width; f++) {
                for (int k = 0; k < classes; k++) {
                    gradient[f * classes + k] += row[f] * shares[k];
                }
            }
            for (int k = 0; k < classes; k++) {
                gradient[width * classes + k] += shares[k];
            }
        }
        double penalty = 0;
        for (int i = 0; i < gradient.length; i++) {
            double held = i < width * classes ? point[i] : 0;
            penalty += held * held;
            gradient[i] = gradient[i] / features.rows() + decay * held;
        }
        return loss / features.rows() + decay / 2 * penalty;
    }

    private void load(Features features, int index, double[] row) {
        for (int f = 0; f < width; f++) {
            row[f] = (features.values()[index * width + f] - mean[f]) * scale;
        }
    }

    /// Writes the probabilities to `shares` and returns the cross-entropy.
    private double loss(double[] row, double[] point, double[] shares, int label) {
        System.arraycopy(point, width * classes, shares, 0, classes);
        for (int f = 0; f < width; f++) {
            for (int k = 0; k < classes; k++) {
                shares[k] += row[f] * point[f * classes + k];
            }
        }
        double largest = Arrays.stream(shares).max().orElseThrow();
        double right = shares[label] - largest;
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            shares[k] = Math.exp(shares[k] - largest);
            sum += shares[k];
        }
        for (int k = 0; k < classes; k++) {
            shares[k] /= sum;
        }
        return Math.log(sum) - right;
    }

    /// The mean cross-entropy of other features.
    double loss(Features others) {
        var row = new double[width];
        var shares = new double[classes];
        double loss = 0;
        for (int i = 0; i < others.rows(); i++) {
            load(others, i, row);
            loss += loss(row, values, shares, others.label(i));
        }
        return loss / others.rows();
    }

    /// The layer's kernel, one row of classes per feature.
    float[] kernel() {
        var kernel = new float[width * classes];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) (values[i] * scale);
        }
        return kernel;
    }

    /// The layer's bias.
    float[] bias() {
        var bias = new float[classes];
        for (int k = 0; k < classes; k++) {
            double sum = values[width * classes + k];
            for (int f = 0; f < width; f++) {
                sum -= values[f * classes + k] * scale * mean[f];
            }
            bias[k] = (float) sum;
        }
        return bias;
    }
}
