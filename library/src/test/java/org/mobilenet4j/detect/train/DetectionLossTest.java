package org.mobilenet4j.detect.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.detect.BoxCoder;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Suppression;
import org.mobilenet4j.tensor.Tensor;

class DetectionLossTest {
    private static final int CLASSES = 3;
    private static final List<Integer> MAPS = List.of(12, 6, 2);
    private static final int ANCHORS = 20;
    private static final int BATCH = 3;

    static final BoxOutputs BOXES = new BoxOutputs(
            MAPS,
            Tensor.of(new float[ANCHORS * 4], ANCHORS, 4),
            BoxCoder.SSD_SCALES,
            CLASSES,
            true,
            BoxOutputs.Scores.LOGITS,
            Suppression.SSD);

    private static final int WIDTH = (int) BOXES.values();

    static List<DetectionLoss.Settings> settings() {
        return List.of(
                DetectionLoss.Settings.FOCAL,
                DetectionLoss.Settings.MINED,
                new DetectionLoss.Settings(new ScoreLoss.Focal(0.25, 1.5), 2, 1),
                new DetectionLoss.Settings(new ScoreLoss.Sigmoid(), 0, 2),
                new DetectionLoss.Settings(new ScoreLoss.Softmax(), 3, 1),
                new DetectionLoss.Settings(new ScoreLoss.Softmax(), 0, 1));
    }

    private static float[] scores(SplittableRandom random, double spread) {
        var scores = new float[BATCH * WIDTH];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (spread * random.nextGaussian());
        }
        return scores;
    }

    /// The last photo has no object.
    private static float[] targets(SplittableRandom random) {
        int length = TargetRow.length(ANCHORS);
        var targets = new float[BATCH * length];
        for (int row = 0; row < BATCH; row++) {
            for (int anchor = 0; anchor < ANCHORS; anchor++) {
                boolean isMatch = row < BATCH - 1 && random.nextInt(5) == 0;
                int label = isMatch
                        ? random.nextInt(CLASSES)
                        : random.nextInt(8) == 0 ? TargetRow.IGNORED : TargetRow.BACKGROUND;
                targets[row * length + TargetRow.label(anchor)] = label;
                targets[row * length] += isMatch ? 1 : 0;
                for (int i = 0; isMatch && i < 4; i++) {
                    targets[row * length + TargetRow.encoding(anchor) + i] = (float) random.nextGaussian();
                }
            }
        }
        return targets;
    }

    @ParameterizedTest
    @MethodSource("settings")
    void gradientsAgreeWithFiniteDifferences(DetectionLoss.Settings settings) {
        var loss = new DetectionLoss(BOXES, settings);
        var random = new SplittableRandom(5);
        var scores = scores(random, 1.5);
        var targets = targets(random);
        var gradients = new float[scores.length];
        var other = new float[scores.length];
        loss.run(scores, targets, gradients, 0, BATCH, WIDTH, BATCH);
        float step = 1e-3f;
        for (int i = 0; i < scores.length; i++) {
            float score = scores[i];
            scores[i] = score + step;
            double above = loss.run(scores, targets, other, 0, BATCH, WIDTH, BATCH);
            double width = scores[i];
            scores[i] = score - step;
            double below = loss.run(scores, targets, other, 0, BATCH, WIDTH, BATCH);
            width -= scores[i];
            scores[i] = score;
            assertThat(gradients[i])
                    .as("value " + i)
                    .isCloseTo((float) ((above - below) / width / BATCH), within(2e-4f));
        }
        assertThat(gradients).doesNotContain(Float.NaN);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void lossesAreThoseOfTheDefinition(DetectionLoss.Settings settings) {
        var loss = new DetectionLoss(BOXES, settings);
        for (int seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            var scores = scores(random, 2);
            var targets = targets(random);
            double sum = loss.run(scores, targets, new float[scores.length], 0, BATCH, WIDTH, BATCH);
            assertThat(sum / BATCH).isCloseTo(Definition.of(settings, BOXES, scores, targets, BATCH), within(1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void isTheSameHoweverRowsAreSplit(DetectionLoss.Settings settings) {
        var loss = new DetectionLoss(BOXES, settings);
        var random = new SplittableRandom(9);
        var scores = scores(random, 2);
        var targets = targets(random);
        var whole = new float[scores.length];
        var parts = new float[scores.length];
        double sum = loss.run(scores, targets, whole, 0, BATCH, WIDTH, BATCH);
        double shares = loss.run(scores, targets, parts, 0, 1, WIDTH, BATCH)
                + loss.run(scores, targets, parts, 1, BATCH, WIDTH, BATCH);
        assertThat(parts).isEqualTo(whole);
        assertThat(shares).isCloseTo(sum, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void isFiniteForHugeScores(DetectionLoss.Settings settings) {
        var loss = new DetectionLoss(BOXES, settings);
        var random = new SplittableRandom(9);
        var scores = scores(random, 1e30);
        var gradients = new float[scores.length];
        assertThat(loss.run(scores, targets(random), gradients, 0, BATCH, WIDTH, BATCH))
                .isFinite();
        for (float gradient : gradients) {
            assertThat(gradient).isFinite();
        }
    }

    /// The same loss from its formulas, with lists and sorting.
    static final class Definition {
        private Definition() {}

        static double of(
                DetectionLoss.Settings settings, BoxOutputs boxes, float[] scores, float[] targets, int batch) {
            double sum = 0;
            double matches = 0;
            int length = 1 + 5 * boxes.count();
            for (int row = 0; row < batch; row++) {
                var negatives = new ArrayList<Double>();
                int own = 0;
                for (int anchor = 0; anchor < boxes.count(); anchor++) {
                    int label = (int) targets[row * length + 1 + 5 * anchor];
                    double[] logits = logits(boxes, scores, row, anchor);
                    if (label == -1) {
                        negatives.add(score(settings.scores(), logits, label));
                    } else if (label >= 0) {
                        own++;
                        sum += score(settings.scores(), logits, label);
                        for (int i = 0; i < 4; i++) {
                            double distance = Math.abs(scores[encoding(boxes, row, anchor) + i]
                                    - targets[row * length + 2 + 5 * anchor + i]);
                            sum += settings.boxWeight() * (distance < 1 ? distance * distance / 2 : distance - 0.5);
                        }
                    }
                }
                negatives.sort(Comparator.reverseOrder());
                int kept = settings.negatives() == 0
                        ? negatives.size()
                        : Math.min(negatives.size(), settings.negatives() * own);
                sum += negatives.subList(0, kept).stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                matches += own;
            }
            return sum / Math.max(1, matches);
        }

        private static int encoding(BoxOutputs boxes, int row, int anchor) {
            int start = (int) (row * boxes.values());
            int left = anchor;
            for (int count : boxes.maps()) {
                if (left < count) {
                    return start + 4 * left;
                }
                left -= count;
                start += count * (4 + boxes.scores());
            }
            throw new AssertionError(anchor);
        }

        private static double[] logits(BoxOutputs boxes, float[] scores, int row, int anchor) {
            int left = anchor;
            int map = 0;
            while (left >= boxes.maps().get(map)) {
                left -= boxes.maps().get(map++);
            }
            int start =
                    encoding(boxes, row, anchor) - 4 * left + 4 * boxes.maps().get(map);
            var logits = new double[boxes.scores()];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = scores[start + left * boxes.scores() + i];
            }
            return logits;
        }

        private static double score(ScoreLoss loss, double[] logits, int label) {
            if (loss instanceof ScoreLoss.Softmax) {
                double total = 0;
                for (double logit : logits) {
                    total += Math.exp(logit);
                }
                return -Math.log(Math.exp(logits[label + 1]) / total);
            }
            double sum = 0;
            for (int c = 1; c < logits.length; c++) {
                double yes = 1 / (1 + Math.exp(-logits[c]));
                double right = c - 1 == label ? yes : 1 - yes;
                double factor = loss instanceof ScoreLoss.Focal focal
                        ? (c - 1 == label ? focal.alpha() : 1 - focal.alpha()) * Math.pow(1 - right, focal.gamma())
                        : 1;
                sum -= factor * Math.log(right);
            }
            return sum;
        }
    }
}
