package org.mobilenet4j.detect.train;

import java.util.Arrays;
import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.train.loss.Loss;
import org.mobilenet4j.train.optimize.Checks;

/// SSD's loss: for each anchor that matches an object, smooth L1 of the differences of the four values of its box, and
/// for anchors that match and such that do not, a [ScoreLoss]; all divided by the number of matches in the batch.
///
/// Its targets are rows of [AnchorMatcher]. Safe to share by threads; allocates nothing.
public final class DetectionLoss implements Loss {
    private final int[] encodings;
    private final int[] firstScores;
    private final int classes;
    private final int backgrounds;
    private final int width;
    private final Settings settings;

    /// What is chosen of it.
    ///
    /// @param scores the loss of class scores
    /// @param negatives how many anchors without an object count for each with one in a photo, those with the
    ///     largest loss (hard-negative mining); 0 if all count
    /// @param boxWeight weight of the boxes' loss
    public record Settings(ScoreLoss scores, int negatives, double boxWeight) {
        /// Focal loss, without mining: for few photos too, as no anchor is left out. Boxes count by half the sum over
        /// their values.
        public static final Settings FOCAL = new Settings(ScoreLoss.Focal.SSD, 0, 0.5);

        /// TensorFlow's first SSDs: sigmoid cross-entropy, three negatives for each match.
        public static final Settings MINED = new Settings(new ScoreLoss.Sigmoid(), 3, 1);

        public Settings {
            Objects.requireNonNull(scores, "scores");
            Checks.notNegative("the number of negatives for each match", negatives);
            Checks.notNegative("the weight of boxes", boxWeight);
        }
    }

    /// @param boxes of the detector
    public DetectionLoss(BoxOutputs boxes, Settings settings) {
        if (settings.scores().isExclusive() && !boxes.hasBackground()) {
            throw new BadValueException("a softmax needs a score of the background; take a sigmoid");
        }
        this.encodings = boxes.encodingPlaces();
        this.firstScores = boxes.scorePlaces();
        this.classes = boxes.classes();
        this.backgrounds = boxes.scores() - classes;
        this.width = Math.toIntExact(boxes.values());
        this.settings = settings;
    }

    @Override
    public int targets(int scores) {
        return TargetRow.length(encodings.length);
    }

    @Override
    public double run(
            float[] scores, float[] targets, float[] gradients, int fromRow, int toRow, int rowWidth, int batch) {
        if (rowWidth != width) {
            throw new BadValueException(
                    "a detector with " + width + " outputs cannot learn from " + rowWidth + " scores");
        }
        int stride = TargetRow.length(encodings.length);
        double matches = 0;
        for (int row = 0; row < batch; row++) {
            matches += targets[row * stride];
        }
        double scale = 1 / Math.max(1, matches);
        double sum = 0;
        for (int row = fromRow; row < toRow; row++) {
            Arrays.fill(gradients, row * width, (row + 1) * width, 0);
            sum += row(scores, gradients, row * width, targets, row * stride, scale);
        }
        return sum * scale * batch;
    }

    private double row(float[] scores, float[] gradients, int at, float[] targets, int row, double scale) {
        double sum = 0;
        boolean isMined = settings.negatives() > 0;
        for (int anchor = 0; anchor < encodings.length; anchor++) {
            int label = (int) targets[row + TargetRow.label(anchor)];
            if (label == TargetRow.IGNORED) {
                continue;
            }
            double loss = settings.scores()
                    .run(scores, at + firstScores[anchor], backgrounds, classes, label, gradients, scale);
            int encoding = at + encodings[anchor];
            if (label >= 0) {
                sum += loss + box(scores, gradients, encoding, targets, row + TargetRow.encoding(anchor), scale);
            } else if (isMined) {
                gradients[encoding] = (float) loss; // for the time being: where nothing matches, boxes do not matter
            } else {
                sum += loss;
            }
        }
        return isMined ? sum + mine(gradients, at, targets, row) : sum;
    }

    private double box(float[] scores, float[] gradients, int at, float[] targets, int wanted, double scale) {
        double sum = 0;
        for (int i = 0; i < BoxOutputs.VALUES; i++) {
            double distance = (double) scores[at + i] - targets[wanted + i];
            sum += SmoothL1.loss(distance);
            gradients[at + i] = (float) (settings.boxWeight() * scale * SmoothL1.slope(distance));
        }
        return settings.boxWeight() * sum;
    }

    /// Keeps the gradients of the negatives with the largest losses, and makes the others zero.
    ///
    /// @return the sum of the losses that are kept
    private double mine(float[] gradients, int at, float[] targets, int row) {
        long most = (long) settings.negatives() * (long) targets[row];
        float least = least(gradients, at, targets, row, most);
        long ties = most - above(least, gradients, at, targets, row);
        double sum = 0;
        for (int anchor = 0; anchor < encodings.length; anchor++) {
            if (isNegative(targets, row, anchor)) {
                int encoding = at + encodings[anchor];
                float loss = gradients[encoding];
                gradients[encoding] = 0;
                if (loss > least || (loss == least && ties-- > 0)) {
                    sum += loss;
                } else {
                    int first = at + firstScores[anchor];
                    Arrays.fill(gradients, first, first + backgrounds + classes, 0);
                }
            }
        }
        return sum;
    }

    /// The smallest loss that fewer than `most` negatives, or as many, lie above; by bisection of its bits, which are
    /// in the order of the losses, as these are not negative.
    private float least(float[] gradients, int at, float[] targets, int row, long most) {
        int low = 0;
        int high = Float.floatToIntBits(Float.MAX_VALUE);
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (above(Float.intBitsToFloat(middle), gradients, at, targets, row) <= most) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return Float.intBitsToFloat(low);
    }

    private long above(float loss, float[] gradients, int at, float[] targets, int row) {
        long count = 0;
        for (int anchor = 0; anchor < encodings.length; anchor++) {
            boolean isAbove = isNegative(targets, row, anchor) && gradients[at + encodings[anchor]] > loss;
            count += isAbove ? 1 : 0;
        }
        return count;
    }

    private static boolean isNegative(float[] targets, int row, int anchor) {
        return targets[row + TargetRow.label(anchor)] == TargetRow.BACKGROUND;
    }

    /// No class answers for a whole photo.
    @Override
    public int answer(float[] scores, int at, int scoreWidth) {
        return 0;
    }

    /// See [#answer].
    @Override
    public int wanted(float[] rows, int at, int scoreWidth) {
        return -1;
    }

    /// What it depends on besides the network.
    @Override
    public String toString() {
        return "DetectionLoss[" + settings + "]";
    }
}
