package org.mobilenet4j.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Losses and their gradients against the formulas in double precision, naively written.
class LossReferenceTest {
    private static final int ROWS = 6;
    private static final int WIDTH = 7;
    private static final double STEP = 1e-5;

    static List<Loss> losses() {
        return List.of(
                new SoftmaxCrossEntropy(0),
                new SoftmaxCrossEntropy(0.1),
                new SigmoidCrossEntropy(),
                new MeanSquaredError());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsAgreeWithCentralDifferences(Loss loss) {
        var random = new Random(3);
        var scores = new float[ROWS * WIDTH];
        var exact = new double[ROWS * WIDTH];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (3 * random.nextGaussian());
            exact[i] = scores[i];
        }
        var targets = softTargets(random);
        var gradients = new float[scores.length];
        double sum = loss.run(scores, targets, gradients, 0, ROWS, WIDTH, ROWS);

        assertThat(sum / ROWS).isCloseTo(mean(loss, exact, targets), within(1e-9));
        for (int i = 0; i < scores.length; i++) {
            double middle = exact[i];
            exact[i] = middle + STEP;
            double above = mean(loss, exact, targets);
            exact[i] = middle - STEP;
            double below = mean(loss, exact, targets);
            exact[i] = middle;
            assertThat((double) gradients[i]).isCloseTo((above - below) / (2 * STEP), within(1e-6));
        }
    }

    /// Shares that sum to one, none of them 0.
    private static float[] softTargets(Random random) {
        var targets = new float[ROWS * WIDTH];
        for (int row = 0; row < ROWS; row++) {
            float sum = 0;
            for (int c = 0; c < WIDTH; c++) {
                targets[row * WIDTH + c] = 0.1f + random.nextFloat();
                sum += targets[row * WIDTH + c];
            }
            for (int c = 0; c < WIDTH; c++) {
                targets[row * WIDTH + c] /= sum;
            }
        }
        return targets;
    }

    private static double mean(Loss loss, double[] scores, float[] targets) {
        double sum = 0;
        for (int row = 0; row < ROWS; row++) {
            double total = 0;
            for (int c = 0; c < WIDTH; c++) {
                total += Math.exp(scores[row * WIDTH + c]);
            }
            for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
                double x = scores[i];
                double t = targets[i];
                double sigmoid = 1 / (1 + Math.exp(-x));
                sum += switch (loss) {
                    case SoftmaxCrossEntropy(double smoothing) ->
                        -((1 - smoothing) * t + smoothing / WIDTH) * Math.log(Math.exp(x) / total);
                    case SigmoidCrossEntropy(double _) -> -t * Math.log(sigmoid) - (1 - t) * Math.log(1 - sigmoid);
                    case MeanSquaredError() -> (x - t) * (x - t) / WIDTH;
                    default -> throw new AssertionError("no reference for " + loss);
                };
            }
        }
        return sum / ROWS;
    }

    /// Scores 1, 2, -1 in a batch of 4; the numbers were worked out apart from this program, in Python.
    @Test
    void givesTheNumbersWorkedOutElsewhere() {
        var one = new float[] {0, 1, 0};
        check(new SoftmaxCrossEntropy(0.1), one, 0.4823455501, 0.0565407818, -0.0569872052, 0.0004464234);
        var many = new float[] {0, 1, 0.25f};
        check(new SigmoidCrossEntropy(), many, 2.0034513861, 0.1827646447, -0.0298007305, 0.0047353553);
        check(new MeanSquaredError(), many, 1.1875, 1.0 / 6, 1.0 / 6, -1.25 / 6);
    }

    private static void check(Loss loss, float[] targets, double sum, double... gradients) {
        var actual = new float[3];
        assertThat(loss.run(new float[] {1, 2, -1}, targets, actual, 0, 1, 3, 4))
                .isCloseTo(sum, within(1e-8));
        for (int i = 0; i < 3; i++) {
            assertThat((double) actual[i]).isCloseTo(gradients[i], within(1e-7));
        }
    }

    /// One score for two classes: what the sigmoid of the second class alone gives, with the targets of both in a row.
    @Test
    void oneScoreForTwoClassesIsTheSecondsSigmoid() {
        var scores = new float[] {-2, 0.5f, 3};
        var both = new float[] {0.75f, 0.25f, 0, 1, 1, 0};
        var second = new float[] {0.25f, 1, 0};
        var expected = new float[3];
        var actual = new float[3];
        for (double smoothing : new double[] {0, 0.1}) {
            var loss = new TwoClassCrossEntropy(smoothing);
            double sum = new SigmoidCrossEntropy(smoothing).run(scores, second, expected, 0, 3, 1, 3);

            assertThat(loss.run(scores, both, actual, 0, 3, 1, 3)).isEqualTo(sum);
            assertThat(actual).containsExactly(expected);
            assertThat(loss.targets(1)).isEqualTo(2);
            for (int row = 0; row < 3; row++) {
                assertThat(loss.answer(scores, row, 1)).isEqualTo(scores[row] > 0 ? 1 : 0);
                assertThat(loss.wanted(both, 2 * row, 1)).isEqualTo(both[2 * row + 1] > 0.5 ? 1 : 0);
            }
        }
    }

    /// Smoothing by 0.2 moves the targets 1 and 0 to 0.9 and 0.1.
    @Test
    void smoothedSigmoidsWantLessThanAll() {
        var gradients = new float[2];
        new SigmoidCrossEntropy(0.2).run(new float[2], new float[] {1, 0}, gradients, 0, 1, 2, 1);
        assertThat(gradients).containsExactly(-0.4f, 0.4f);
    }

    /// Where a naive formula has infinity or 0 times infinity.
    @Test
    void extremeScoresGiveTheLimits() {
        var scores = new float[] {1e4f, -1e4f};
        var wrong = new float[] {0, 1};
        var gradients = new float[2];

        assertThat(new SoftmaxCrossEntropy(0).run(scores, wrong, gradients, 0, 1, 2, 1))
                .isEqualTo(2e4);
        assertThat(gradients).containsExactly(1, -1);
        assertThat(new SigmoidCrossEntropy().run(scores, wrong, gradients, 0, 1, 2, 1))
                .isEqualTo(2e4);
        assertThat(gradients).containsExactly(1, -1);
        assertThat(new SoftmaxCrossEntropy(0).run(scores, new float[] {1, 0}, gradients, 0, 1, 2, 1))
                .isZero();
        assertThat(gradients).containsExactly(0, 0);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void refusesWhatDoesNotFit(Loss loss) {
        var six = new float[6];
        assertThatThrownBy(() -> loss.run(six, six, six, 0, 2, 0, 2)).hasMessageContaining("width of a row");
        assertThatThrownBy(() -> loss.run(six, six, six, 0, 2, 3, 0)).hasMessageContaining("the batch");
        assertThatThrownBy(() -> loss.run(six, six, six, 0, 3, 3, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> loss.run(six, six, new float[5], 0, 2, 3, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new SoftmaxCrossEntropy(1)).hasMessageContaining("label smoothing");
    }
}
