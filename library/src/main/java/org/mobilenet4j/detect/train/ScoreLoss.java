package org.mobilenet4j.detect.train;

import org.mobilenet4j.train.optimize.Checks;

/// The loss of an anchor's class scores, which are logits.
public sealed interface ScoreLoss {
    /// The loss of the scores of an anchor, and its gradient.
    ///
    /// @param scores of all anchors
    /// @param at where the anchor's begin, that of the background first
    /// @param backgrounds 1 if there is one of the background, 0 if not
    /// @param classes number of classes
    /// @param label the class that the anchor shall find, or less than 0 for none
    /// @param gradients written from `at` on, times `scale`
    /// @return the loss, not scaled
    double run(float[] scores, int at, int backgrounds, int classes, int label, float[] gradients, double scale);

    /// What the scores of a detector trained by it are.
    default boolean isExclusive() {
        return false;
    }

    /// Focal loss (Lin et al., arXiv 1708.02002): the sigmoid cross-entropy of each class, times `(1 - p)^gamma` where
    /// `p` is the probability of what is right, so that the many anchors that are plainly background count little;
    /// and times `alpha` for what shall be found, `1 - alpha` for what shall not. The background has no part in it.
    ///
    /// @param alpha weight of what shall be found, between 0 and 1
    /// @param gamma from 0 up
    record Focal(double alpha, double gamma) implements ScoreLoss {
        /// TensorFlow's for SSD on MobileNet v1.
        public static final Focal SSD = new Focal(0.75, 2);

        public Focal {
            Checks.share("the alpha of focal loss", alpha);
            Checks.notNegative("the gamma of focal loss", gamma);
        }

        @Override
        public double run(
                float[] scores, int at, int backgrounds, int classes, int label, float[] gradients, double scale) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                int place = at + backgrounds + c;
                int sign = c == label ? 1 : -1;
                double weight = c == label ? alpha : 1 - alpha;
                double score = sign * (double) scores[place];
                double power = Math.exp(-Math.abs(score));
                double right = score >= 0 ? 1 / (1 + power) : power / (1 + power);
                double wrong = score >= 0 ? power / (1 + power) : 1 / (1 + power);
                double log = Math.min(score, 0) - Math.log1p(power);
                double focus = weight * Math.pow(wrong, gamma);
                sum -= focus * log;
                gradients[place] = (float) (scale * sign * focus * (gamma * right * log - wrong));
            }
            return sum;
        }
    }

    /// The sigmoid cross-entropy of each class, as TensorFlow's SSD. The background has no part in it.
    record Sigmoid() implements ScoreLoss {
        @Override
        public double run(
                float[] scores, int at, int backgrounds, int classes, int label, float[] gradients, double scale) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                int place = at + backgrounds + c;
                double score = scores[place];
                double power = Math.exp(-Math.abs(score));
                double probability = score >= 0 ? 1 / (1 + power) : power / (1 + power);
                int target = c == label ? 1 : 0;
                sum += Math.max(score, 0) - score * target + Math.log1p(power);
                gradients[place] = (float) (scale * (probability - target));
            }
            return sum;
        }
    }

    /// The cross-entropy of a softmax over background and classes, as in SSD's paper.
    record Softmax() implements ScoreLoss {
        @Override
        public double run(
                float[] scores, int at, int backgrounds, int classes, int label, float[] gradients, double scale) {
            int end = at + backgrounds + classes;
            int right = label < 0 ? at : at + backgrounds + label;
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = at; i < end; i++) {
                largest = Math.max(largest, scores[i]);
            }
            double total = 0;
            for (int i = at; i < end; i++) {
                total += Math.exp(scores[i] - largest);
            }
            double logTotal = largest + Math.log(total);
            for (int i = at; i < end; i++) {
                double probability = Math.exp(scores[i] - logTotal);
                gradients[i] = (float) (scale * (probability - (i == right ? 1 : 0)));
            }
            return logTotal - scores[right];
        }

        @Override
        public boolean isExclusive() {
            return true;
        }
    }
}
