package org.mobilenet4j.detect.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// What VOC's measure says of one class.
///
/// @param label its name
/// @param objects how many of it a detector is asked to find
/// @param ap average precision, from 0 to 1; NaN without objects
/// @param curve a point for each detection that counts, as they are; none without objects
public record VocClass(String label, long objects, double ap, PrecisionRecall curve) {
    public VocClass {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(curve, "curve");
    }

    /// Whether a detection that counts is right.
    private record Outcome(float score, boolean isRight) {}

    static VocClass of(String label, List<PhotoClass> photos, VocRule rule, double overlap) {
        long objects = photos.stream()
                .flatMap(photo -> photo.truths().stream())
                .filter(truth -> !truth.isIgnored())
                .count();
        if (objects == 0) {
            return new VocClass(label, 0, Double.NaN, new PrecisionRecall(List.of()));
        }
        var outcomes = new ArrayList<Outcome>();
        photos.forEach(photo -> judge(photo, overlap, outcomes));
        outcomes.sort(Comparator.comparingDouble(outcome -> -outcome.score()));
        var points = new ArrayList<PrecisionRecall.Point>();
        long right = 0;
        for (var outcome : outcomes) {
            right += outcome.isRight() ? 1 : 0;
            points.add(new PrecisionRecall.Point(
                    right / (double) objects, right / (points.size() + 1.0), outcome.score()));
        }
        return new VocClass(label, objects, rule.average(points), new PrecisionRecall(points));
    }

    /// A detection is compared with the truth that it overlaps most, whether that is taken or not: the
    /// first to take it is right.
    private static void judge(PhotoClass photo, double least, List<Outcome> outcomes) {
        var taken = new boolean[photo.truths().size()];
        for (int i = 0; i < photo.found().size(); i++) {
            int best = -1;
            for (int j = 0; j < taken.length; j++) {
                if (best < 0 || photo.overlap(i, j) > photo.overlap(i, best)) {
                    best = j;
                }
            }
            boolean isThere = best >= 0 && photo.overlap(i, best) >= least;
            if (isThere && photo.truths().get(best).isIgnored()) {
                continue;
            }
            outcomes.add(new Outcome(photo.found().get(i).score(), isThere && !taken[best]));
            if (isThere) {
                taken[best] = true;
            }
        }
    }
}
