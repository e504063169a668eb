package org.mobilenet4j.compress.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.train.loss.Loss;
import org.mobilenet4j.train.loss.SigmoidCrossEntropy;
import org.mobilenet4j.train.loss.SoftmaxCrossEntropy;

class DistillationLossTest {
    private static final int WIDTH = 6;
    private static final int ROWS = 3;

    static List<Loss> losses() {
        return List.of(
                new SoftTargetLoss(1, 0.5, 0),
                new SoftTargetLoss(4, 0.7, 0.1),
                new SoftTargetLoss(0.5, 1, 0),
                new SoftLabelLoss(0.6),
                new SoftLabelLoss(1),
                new FeatureLoss(0.9, 0.1, 4));
    }

    private static float[] random(Random random, int size, double spread) {
        var values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (spread * random.nextGaussian());
        }
        return values;
    }

    /// Shares of classes that sum to one, and then what a teacher may say: numbers from 0 to 1.
    private static float[] targets(Loss loss, Random random) {
        int stride = loss.targets(WIDTH);
        int classes = loss.classes(WIDTH);
        var targets = new float[ROWS * stride];
        for (int row = 0; row < ROWS; row++) {
            float share = random.nextFloat();
            targets[row * stride + row % classes] += share;
            targets[row * stride + (row + 1) % classes] += 1 - share;
            for (int i = classes; i < stride; i++) {
                targets[row * stride + i] = random.nextFloat();
            }
        }
        return targets;
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsAreTheSlopeOfTheMean(Loss loss) {
        var random = new Random(1);
        var scores = random(random, ROWS * WIDTH, 2);
        var targets = targets(loss, random);
        var gradients = new float[scores.length];
        loss.run(scores, targets, gradients, 0, ROWS, WIDTH, ROWS);
        var unused = new float[scores.length];
        for (int i = 0; i < scores.length; i++) {
            float middle = scores[i];
            scores[i] = middle + 0x1p-7f;
            double above = loss.run(scores, targets, unused, 0, ROWS, WIDTH, ROWS) / ROWS;
            scores[i] = middle - 0x1p-7f;
            double below = loss.run(scores, targets, unused, 0, ROWS, WIDTH, ROWS) / ROWS;
            scores[i] = middle;
            assertThat((double) gradients[i]).isCloseTo((above - below) / 0x1p-6, within(4e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void rowsMayBeSharedOut(Loss loss) {
        var random = new Random(2);
        var scores = random(random, ROWS * WIDTH, 3);
        var targets = targets(loss, random);
        var whole = new float[scores.length];
        var parts = new float[scores.length];
        double sum = loss.run(scores, targets, whole, 0, ROWS, WIDTH, ROWS);
        double first = loss.run(scores, targets, parts, 0, 1, WIDTH, ROWS);
        double second = loss.run(scores, targets, parts, 1, ROWS, WIDTH, ROWS);
        assertThat(parts).isEqualTo(whole);
        assertThat(first + second).isCloseTo(sum, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void hugeScoresStayFinite(Loss loss) {
        var scores = new float[] {1e4f, -1e4f, 0, 1e4f, -1e4f, 1e-30f};
        var targets = new float[loss.targets(WIDTH)];
        targets[1] = 1;
        var gradients = new float[WIDTH];
        assertThat(loss.run(scores, targets, gradients, 0, 1, WIDTH, 1)).isFinite();
        for (float gradient : gradients) {
            assertThat(gradient).isFinite();
        }
    }

    /// Without a weight the teacher is not heard.
    @Test
    void withoutWeightItIsTheLossOfTheLabels() {
        var random = new Random(3);
        var scores = random(random, WIDTH, 3);
        var labels = new float[] {0, 0.25f, 0, 0.75f, 0, 0};
        var said = new float[2 * WIDTH];
        System.arraycopy(labels, 0, said, 0, WIDTH);
        System.arraycopy(random(random, WIDTH, 1), 0, said, WIDTH, WIDTH);
        same(new SoftTargetLoss(3, 0, 0.1), said, new SoftmaxCrossEntropy(0.1), labels, scores);
        same(new SoftLabelLoss(0), said, new SigmoidCrossEntropy(), labels, scores);
    }

    private static void same(Loss one, float[] targets, Loss other, float[] labels, float[] scores) {
        var gradients = new float[WIDTH];
        var expected = new float[WIDTH];
        assertThat(one.run(scores, targets, gradients, 0, 1, WIDTH, 1))
                .isCloseTo(other.run(scores, labels, expected, 0, 1, WIDTH, 1), within(1e-12));
        assertThat(gradients).containsExactly(expected, within(1e-7f));
    }

    /// With the teacher's weight 1 and the teacher's own scores there is nothing to learn, and the loss
    /// is `T^2` times the entropy of its softened probabilities; of two classes with scores `2 log 3`
    /// apart, at `T = 2`, these are 3/4 and 1/4. A constant added to the teacher's scores changes
    /// nothing.
    @Test
    void theTeachersOwnScoresAreTheBest() {
        float apart = (float) (2 * Math.log(3));
        var gradients = new float[2];
        var loss = new SoftTargetLoss(2, 1, 0);
        double value = loss.run(new float[] {apart, 0}, new float[] {0, 1, apart + 5, 5}, gradients, 0, 1, 2, 1);
        assertThat(value).isCloseTo(4 * (2 * Math.log(2) - 0.75 * Math.log(3)), within(1e-6));
        assertThat(gradients).containsExactly(new float[] {0, 0}, within(1e-6f));
    }

    /// Features twice as large are as far away as features of zero: the length of the teacher's.
    @Test
    void featuresCountRelativeToTheTeachers() {
        var loss = new FeatureLoss(0.5, 0, 2);
        var gradients = new float[4];
        double labels = 0.5 * Math.log(2);
        for (float factor : new float[] {0, 2}) {
            var scores = new float[] {1, 1, factor * 3, factor * 4};
            assertThat(loss.run(scores, new float[] {1, 0, 3, 4}, gradients, 0, 1, 4, 1))
                    .isCloseTo(labels + 0.5, within(1e-6));
            assertThat(gradients[2]).isCloseTo((factor - 1) * 3 / 25, within(1e-6f));
        }
        assertThat(loss.run(new float[] {1, 1, 7, 7}, new float[] {1, 0, 0, 0}, gradients, 0, 1, 4, 1))
                .as("a teacher without features says nothing")
                .isCloseTo(labels, within(1e-6));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        for (double weight : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new SoftTargetLoss(4, weight, 0)).hasMessageContaining("between 0 and 1");
            assertThatThrownBy(() -> new SoftLabelLoss(weight)).hasMessageContaining("between 0 and 1");
            assertThatThrownBy(() -> new FeatureLoss(weight, 0, 4)).hasMessageContaining("between 0 and 1");
        }
        assertThatThrownBy(() -> new FeatureLoss(1, 0, 4)).hasMessageContaining("below 1");
        for (double temperature : new double[] {0, -1, Double.NaN, 1e9}) {
            assertThatThrownBy(() -> new SoftTargetLoss(temperature, 0.5, 0)).hasMessageContaining("temperature");
        }
    }
}
