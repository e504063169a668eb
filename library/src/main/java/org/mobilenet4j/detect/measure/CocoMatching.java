package org.mobilenet4j.detect.measure;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.data.box.ObjectBox;

/// Which of the truths of one class in one photo each detection found, by COCO's rules.
///
/// The most certain chooses first: of the truths that are left, the one that it overlaps most, by the
/// threshold or more; one that is ignored only if there is no other. A crowd may be chosen any number
/// of times. What chose a truth that is ignored counts neither for nor against the detector, nor does
/// what chose none and is not of the size in question.
final class CocoMatching {
    /// The most detections of a class in a photo that count.
    static final int MOST = 100;

    private static final int NONE = -1;

    private final PhotoClass photo;
    private final int count;

    /// Of each detection with each truth.
    private final double[][] overlaps;

    CocoMatching(PhotoClass photo) {
        this.photo = photo;
        this.count = Math.min(photo.found().size(), MOST);
        this.overlaps = new double[count][photo.truths().size()];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < overlaps[i].length; j++) {
                overlaps[i][j] = photo.overlapWithCrowds(i, j);
            }
        }
    }

    /// The number of truths of a size that a detector is asked to find.
    long objects(Area area) {
        return photo.truths().stream().filter(truth -> counts(truth, area)).count();
    }

    private static boolean counts(ObjectBox truth, Area area) {
        return !truth.isIgnored() && area.contains(truth.area());
    }

    /// Of each detection, by falling score.
    List<Verdict> verdicts(Area area) {
        var matched = new int[count];
        var ignored = new int[count];
        for (int threshold = 0; threshold < Thresholds.OVERLAPS; threshold++) {
            match(area, threshold, matched, ignored);
        }
        var verdicts = new ArrayList<Verdict>();
        for (int i = 0; i < count; i++) {
            var found = photo.found().get(i);
            int others = area.contains(PhotoClass.area(found.box())) ? 0 : ~matched[i];
            verdicts.add(new Verdict(found.score(), i, matched[i], ignored[i] | others));
        }
        return verdicts;
    }

    private void match(Area area, int threshold, int[] matched, int[] ignored) {
        var taken = new boolean[photo.truths().size()];
        for (int i = 0; i < count; i++) {
            int truth = choice(i, Thresholds.overlap(threshold), area, true, taken);
            if (truth == NONE) {
                truth = choice(i, Thresholds.overlap(threshold), area, false, taken);
                ignored[i] |= truth == NONE ? 0 : 1 << threshold;
            }
            if (truth != NONE) {
                matched[i] |= 1 << threshold;
                taken[truth] = photo.truths().get(truth).kind() != ObjectBox.Kind.CROWD;
            }
        }
    }

    /// The free truth that a detection overlaps most, the last of several equal ones.
    ///
    /// @param counting whether of those that count, or of the others
    private int choice(int detection, double least, Area area, boolean counting, boolean[] taken) {
        int best = NONE;
        double most = least;
        for (int j = 0; j < taken.length; j++) {
            if (!taken[j]
                    && overlaps[detection][j] >= most
                    && counts(photo.truths().get(j), area) == counting) {
                most = overlaps[detection][j];
                best = j;
            }
        }
        return best;
    }
}
