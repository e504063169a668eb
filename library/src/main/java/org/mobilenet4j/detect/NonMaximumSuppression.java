package org.mobilenet4j.detect;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.mobilenet4j.model.Suppression;

/// Keeps the boxes with the highest scores, and drops those that overlap a kept one too much: of the same class, or of
/// any class, as the limits say.
///
/// Boxes are taken by falling score until enough are kept, so that of many candidates most are never looked at; each is
/// compared with the kept ones that may suppress it. After [#MOST_COMPARISONS] the rest, which has the lowest scores,
/// is left out, so that no file makes a photo take minutes: a million candidates have that many with 100 to keep.
final class NonMaximumSuppression {
    /// Half a second or so.
    private static final long MOST_COMPARISONS = 1 << 28;

    private static final Integer ANY = 0;

    private final Suppression limits;
    private final Candidates candidates;

    /// Kept candidates, by falling score.
    private final int[] kept;

    private int size;
    private long comparisons;

    /// Their boxes by class, or all together.
    private final Map<Integer, KeptBoxes> boxes = new HashMap<>();

    private NonMaximumSuppression(Suppression limits, Candidates candidates) {
        this.limits = limits;
        this.candidates = candidates;
        this.kept = new int[Math.min(limits.limit(), candidates.size())];
    }

    /// The candidates that are left, by falling score.
    static int[] of(Candidates candidates, Suppression limits) {
        var suppression = new NonMaximumSuppression(limits, candidates);
        var ranks = new Ranks(candidates);
        while (!ranks.isEmpty() && suppression.mayGoOn()) {
            suppression.consider(ranks.take());
        }
        return Arrays.copyOf(suppression.kept, suppression.size);
    }

    private boolean mayGoOn() {
        return size < kept.length && comparisons < MOST_COMPARISONS;
    }

    private void consider(int candidate) {
        boolean isPerClass = limits.isPerClass();
        var same = boxes.computeIfAbsent(isPerClass ? candidates.label(candidate) : ANY, _ -> new KeptBoxes());
        if (isPerClass && same.size() >= limits.limitPerClass()) {
            return;
        }
        comparisons += same.size();
        if (!candidates.overlap(candidate, same, limits.maxOverlap())) {
            candidates.addTo(same, candidate);
            kept[size++] = candidate;
        }
    }
}
