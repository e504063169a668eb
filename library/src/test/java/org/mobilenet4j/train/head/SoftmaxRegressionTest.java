package org.mobilenet4j.train.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// At the minimum the slopes are zero, computed here from what the fit hands out, in another way than its own.
class SoftmaxRegressionTest {
    private static final int ROWS = 60;
    private static final int WIDTH = 7;
    private static final int CLASSES = 4;
    private static final double TOLERANCE = 1e-4;

    private static Features features() {
        var random = new Random(5);
        var values = new float[ROWS * WIDTH];
        var labels = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            labels[i] = i % CLASSES;
            for (int f = 0; f < WIDTH; f++) {
                values[i * WIDTH + f] = (float) (3 + f + 2 * random.nextGaussian() + (f == labels[i] ? 2 : 0));
            }
        }
        return new Features(values, WIDTH, labels, 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.03, 0.001})
    void endsWhereAllSlopesAreZero(double decay) {
        var features = features();
        var fit = SoftmaxRegression.fit(features, CLASSES, decay);
        var kernel = fit.kernel();
        var bias = fit.bias();
        double scale = scale(features);
        var slopes = new double[(WIDTH + 1) * CLASSES];
        double loss = 0;
        for (int i = 0; i < ROWS; i++) {
            var scores = new double[CLASSES];
            double sum = 0;
            for (int k = 0; k < CLASSES; k++) {
                scores[k] = bias[k];
                for (int f = 0; f < WIDTH; f++) {
                    scores[k] += features.values()[i * WIDTH + f] * kernel[f * CLASSES + k];
                }
                sum += Math.exp(scores[k]);
            }
            loss += (Math.log(sum) - scores[features.label(i)]) / ROWS;
            for (int k = 0; k < CLASSES; k++) {
                double off = Math.exp(scores[k]) / sum - (k == features.label(i) ? 1 : 0);
                for (int f = 0; f < WIDTH; f++) {
                    slopes[f * CLASSES + k] += off * features.values()[i * WIDTH + f] / ROWS;
                }
                slopes[WIDTH * CLASSES + k] += off / ROWS;
            }
        }
        for (int i = 0; i < slopes.length; i++) {
            // The penalty counts the kernel of scaled features, which is the kernel over the scale.
            double penalty = i < WIDTH * CLASSES ? decay * kernel[i] / scale / scale : 0;
            assertThat(slopes[i] + penalty).as("slope %d", i).isBetween(-TOLERANCE, TOLERANCE);
        }
        assertThat(fit.loss(features)).isCloseTo(loss, org.assertj.core.data.Offset.offset(TOLERANCE));
    }

    private static double scale(Features features) {
        double squares = 0;
        for (int f = 0; f < WIDTH; f++) {
            double mean = 0;
            for (int i = 0; i < ROWS; i++) {
                mean += features.values()[i * WIDTH + f] / ROWS;
            }
            for (int i = 0; i < ROWS; i++) {
                squares += Math.pow(features.values()[i * WIDTH + f] - mean, 2);
            }
        }
        return 1 / Math.sqrt(squares / (ROWS * WIDTH));
    }

    @org.junit.jupiter.api.Test
    void lessDecayFitsCloserAndFollowsOnTheSameWay() {
        var features = features();
        var fit = SoftmaxRegression.fit(features, CLASSES, 1);
        double much = fit.loss(features);
        fit.refit(features, 0.001);
        assertThat(fit.loss(features)).isLessThan(0.75 * much);
        var direct = SoftmaxRegression.fit(features, CLASSES, 0.001);
        assertThat(fit.loss(features)).isCloseTo(direct.loss(features), org.assertj.core.data.Offset.offset(TOLERANCE));
    }

    @org.junit.jupiter.api.Test
    void needsPhotos() {
        assertThatThrownBy(() -> SoftmaxRegression.fit(new Features(new float[0], WIDTH, new int[0], 1), CLASSES, 1))
                .hasMessageContaining("no photos");
    }
}
