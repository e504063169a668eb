package org.mobilenet4j.detect;

import java.util.Arrays;
import org.mobilenet4j.model.Suppression;

/// Keeps the boxes with the highest scores, and drops those that overlap a kept one too much: of the same class, or of
/// any class, as the limits say.
///
/// Boxes are taken by falling score until enough are kept, so that of many candidates most are never looked at; each is
/// compared with those that are kept, at most [Suppression#limit].
final class NonMaximumSuppression {
    private final Suppression limits;
    private final Candidates candidates;

    /// Kept candidates, by falling score.
    private final int[] kept;

    private int size;

    private NonMaximumSuppression(Suppression limits, Candidates candidates) {
        this.limits = limits;
        this.candidates = candidates;
        this.kept = new int[Math.min(limits.limit(), candidates.size())];
    }

    /// The candidates that are left, by falling score.
    static int[] of(Candidates candidates, Suppression limits) {
        var suppression = new NonMaximumSuppression(limits, candidates);
        var ranks = new Ranks(candidates);
        while (!ranks.isEmpty() && suppression.size < suppression.kept.length) {
            suppression.consider(ranks.take());
        }
        return Arrays.copyOf(suppression.kept, suppression.size);
    }

    private void consider(int candidate) {
        int same = 0;
        for (int i = 0; i < size; i++) {
            if (!limits.isPerClass() || candidates.label(kept[i]) == candidates.label(candidate)) {
                if (candidates.overlap(kept[i], candidate) > limits.maxOverlap()) {
                    return;
                }
                same++;
            }
        }
        if (!limits.isPerClass() || same < limits.limitPerClass()) {
            kept[size++] = candidate;
        }
    }
}
