package org.mobilenet4j.detect;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Suppression;

/// From a network's outputs to detections, the sides of the photo being 1: scores above the least one are candidates,
/// their boxes are decoded, and suppression keeps the best.
final class PostProcessing {
    private final Model model;
    private final BoxOutputs boxes;
    private final Suppression limits;
    private final BoxCoder coder;

    /// Where each anchor's encoding and its first score, not the background's, begin.
    private final int[] encodings;

    private final int[] scores;

    /// The least value of a candidate's score, before it is made a probability.
    private final float least;

    /// @param model a detector
    PostProcessing(Model model, BoxOutputs boxes, Suppression limits) {
        this.model = model;
        this.boxes = boxes;
        this.limits = limits;
        this.coder = new BoxCoder(boxes.anchors(), boxes.scales());
        this.least = boxes.meaning() == BoxOutputs.Scores.LOGITS ? logit(limits.minScore()) : limits.minScore();
        this.encodings = boxes.encodingPlaces();
        this.scores = boxes.scorePlaces();
        for (int anchor = 0; anchor < scores.length; anchor++) {
            scores[anchor] += background();
        }
    }

    private int background() {
        return boxes.hasBackground() ? 1 : 0;
    }

    private static float logit(float probability) {
        return probability <= 0
                ? Float.NEGATIVE_INFINITY
                : probability >= 1 ? Float.POSITIVE_INFINITY : (float) Math.log(probability / (1.0 - probability));
    }

    /// The detections that `outputs` tell, best first.
    ///
    /// @param outputs of the network; a softmax is done in place
    /// @throws BadValueException if scores or boxes are not numbers
    List<Detection> apply(float[] outputs) {
        var candidates = candidates(outputs);
        var detections = new ArrayList<Detection>();
        for (int kept : NonMaximumSuppression.of(candidates, limits)) {
            var box = candidates.box(kept);
            detections.add(detection(candidates.label(kept), candidates.score(kept), box));
            if (!limits.isPerClass() && limits.classesPerBox() > 1) {
                addOthers(outputs, candidates.place(kept), candidates.label(kept), box, detections);
            }
        }
        return detections;
    }

    private Candidates candidates(float[] outputs) {
        var candidates = new Candidates(coder.count());
        for (int anchor = 0; anchor < coder.count(); anchor++) {
            int first = scores[anchor];
            if (boxes.meaning() == BoxOutputs.Scores.EXCLUSIVE_LOGITS) {
                softmax(outputs, first - background(), boxes.scores());
            }
            int before = candidates.size();
            addScores(outputs, first, anchor, candidates);
            if (candidates.size() > before) {
                candidates.place(anchor, box(outputs, anchor));
            }
        }
        return candidates;
    }

    /// Every score above the least one is a candidate, or only the highest.
    private void addScores(float[] outputs, int first, int anchor, Candidates candidates) {
        int best = -1;
        for (int label = 0; label < boxes.classes(); label++) {
            float score = outputs[first + label];
            if (!(score < least)) {
                requireNumber(score);
                if (limits.isPerClass()) {
                    candidates.add(score, anchor, label);
                } else if (best < 0 || score > outputs[first + best]) {
                    best = label;
                }
            }
        }
        if (best >= 0) {
            candidates.add(outputs[first + best], anchor, best);
        }
    }

    private Box box(float[] outputs, int anchor) {
        var box = coder.decode(outputs, encodings[anchor], anchor);
        requireNumber(box.y0() + box.x0());
        requireNumber(box.y1() + box.x1());
        return box;
    }

    private void requireNumber(float value) {
        if (Float.isNaN(value)) {
            throw new BadValueException(
                    "the scores or boxes of the network " + model.network().name()
                            + " are not numbers (NaN): its weights are damaged or too large; get the model again");
        }
    }

    /// The other classes of a box, best first, up to the limit of classes.
    private void addOthers(float[] outputs, int anchor, int best, Box box, List<Detection> detections) {
        var others = new Candidates(1);
        for (int label = 0; label < boxes.classes(); label++) {
            float score = outputs[scores[anchor] + label];
            if (label != best && score >= least) {
                others.add(score, 0, label);
            }
        }
        var ranks = new Ranks(others);
        for (int i = 1; i < limits.classesPerBox() && !ranks.isEmpty(); i++) {
            int other = ranks.take();
            detections.add(detection(others.label(other), others.score(other), box));
        }
    }

    private Detection detection(int label, float score, Box box) {
        boolean isLogit = boxes.meaning() == BoxOutputs.Scores.LOGITS;
        return new Detection(label, model.label(label), isLogit ? (float) (1 / (1 + Math.exp(-score))) : score, box);
    }

    private static void softmax(float[] values, int first, int count) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = first; i < first + count; i++) {
            largest = Math.max(largest, values[i]);
        }
        double sum = 0;
        for (int i = first; i < first + count; i++) {
            values[i] = (float) Math.exp(values[i] - largest);
            sum += values[i];
        }
        for (int i = first; i < first + count; i++) {
            values[i] = (float) (values[i] / sum);
        }
    }
}
