package org.mobilenet4j.train.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossTest {
    private static final int WIDTH = 5;
    private static final int ROWS = 3;

    static List<Loss> losses() {
        return List.of(
                new SoftmaxCrossEntropy(0),
                new SoftmaxCrossEntropy(0.1),
                new SigmoidCrossEntropy(),
                new MeanSquaredError(),
                new WeightedClasses(new SoftmaxCrossEntropy(0.1), List.of(0.5, 2.0, 1.0, 0.25, 3.0)));
    }

    private static float[] scores(Random random) {
        var scores = new float[ROWS * WIDTH];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (3 * random.nextGaussian());
        }
        return scores;
    }

    /// Each row sums to one.
    private static float[] targets(Random random) {
        var targets = new float[ROWS * WIDTH];
        for (int row = 0; row < ROWS; row++) {
            float share = random.nextFloat();
            targets[row * WIDTH + row] = share;
            targets[row * WIDTH + row + 1] = 1 - share;
        }
        return targets;
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsAreTheSlopeOfTheMean(Loss loss) {
        var random = new Random(1);
        var scores = scores(random);
        var targets = targets(random);
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
            assertThat((double) gradients[i]).isCloseTo((above - below) / 0x1p-6, Offset.offset(2e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void rowsMayBeSharedOut(Loss loss) {
        var random = new Random(2);
        var scores = scores(random);
        var targets = targets(random);
        var whole = new float[scores.length];
        var parts = new float[scores.length];
        double sum = loss.run(scores, targets, whole, 0, ROWS, WIDTH, ROWS);
        double first = loss.run(scores, targets, parts, 0, 1, WIDTH, ROWS);
        double second = loss.run(scores, targets, parts, 1, ROWS, WIDTH, ROWS);
        assertThat(parts).isEqualTo(whole);
        assertThat(first + second).isCloseTo(sum, Offset.offset(1e-9));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void hugeScoresStayFinite(Loss loss) {
        var scores = new float[] {1e4f, -1e4f, 0, 1e4f, -1e4f};
        var targets = new float[] {0, 1, 0, 0, 0};
        var gradients = new float[WIDTH];
        assertThat(loss.run(scores, targets, gradients, 0, 1, WIDTH, 1)).isFinite();
        for (float gradient : gradients) {
            assertThat(gradient).isFinite();
        }
    }

    /// `log(5)` for equal scores, `log(1 + e^-2)` for two apart.
    @Test
    void knownValues() {
        var loss = new SoftmaxCrossEntropy(0);
        var target = new float[] {1, 0, 0, 0, 0};
        assertThat(loss.run(new float[WIDTH], target, new float[WIDTH], 0, 1, WIDTH, 1))
                .isCloseTo(Math.log(5), Offset.offset(1e-12));
        assertThat(loss.run(new float[] {2, 0}, new float[] {1, 0}, new float[2], 0, 1, 2, 1))
                .isCloseTo(Math.log1p(Math.exp(-2)), Offset.offset(1e-12));
        assertThat(new SigmoidCrossEntropy().run(new float[2], new float[] {1, 0}, new float[2], 0, 1, 2, 1))
                .isCloseTo(2 * Math.log(2), Offset.offset(1e-12));
    }

    @Test
    void balancedClassesCountTheSame() {
        var weights = WeightedClasses.balanced(new int[] {10, 0, 30});
        assertThat(weights).containsExactly(2.0, 0.0, 20.0 / 30);
        var scores = new float[6];
        var gradients = new float[6];
        var targets = new float[] {1, 0, 0, 0, 0, 1};
        new WeightedClasses(new SoftmaxCrossEntropy(0), weights).run(scores, targets, gradients, 0, 2, 3, 2);
        assertThat(gradients[0]).isCloseTo(-2 / 3f, Offset.offset(1e-6f));
        assertThat(gradients[5]).isCloseTo(-2 / 9f, Offset.offset(1e-6f));
    }
}
