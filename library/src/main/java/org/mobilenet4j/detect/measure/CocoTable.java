package org.mobilenet4j.detect.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// COCO's precisions and recalls of one class for objects of one size.
final class CocoTable {
    /// As in the reference, where it keeps `0 / 0` from being computed, and makes a precision of 1 that
    /// of one detection 2e-16 less.
    private static final double SPACING = Math.ulp(1.0);

    private final long objects;

    /// By falling score, equal ones in the order of the photos.
    private final List<Verdict> verdicts;

    private final List<PrecisionRecall> curves = new ArrayList<>();

    CocoTable(List<CocoMatching> photos, Area area) {
        this.objects = photos.stream().mapToLong(photo -> photo.objects(area)).sum();
        this.verdicts = photos.stream()
                .flatMap(photo -> photo.verdicts(area).stream())
                .sorted(Comparator.comparingDouble(verdict -> -verdict.score()))
                .toList();
        for (int threshold = 0; threshold < Thresholds.OVERLAPS; threshold++) {
            curves.add(curve(threshold));
        }
    }

    /// The number of objects that a detector is asked to find.
    long objects() {
        return objects;
    }

    /// One for each threshold of overlap, with a point for each of COCO's recalls; precision is the
    /// highest at that recall or a higher one.
    List<PrecisionRecall> curves() {
        return curves;
    }

    private PrecisionRecall curve(int threshold) {
        var precisions = new double[verdicts.size()];
        var recalls = new double[verdicts.size()];
        double right = 0;
        double wrong = 0;
        for (int i = 0; i < precisions.length; i++) {
            right += verdicts.get(i).isRight(threshold) ? 1 : 0;
            wrong += verdicts.get(i).isWrong(threshold) ? 1 : 0;
            recalls[i] = right / objects;
            precisions[i] = right / (wrong + right + SPACING);
        }
        for (int i = precisions.length - 1; i > 0; i--) {
            precisions[i - 1] = Math.max(precisions[i - 1], precisions[i]);
        }
        var points = new ArrayList<PrecisionRecall.Point>();
        int at = 0;
        for (int i = 0; i < Thresholds.RECALLS; i++) {
            double recall = Thresholds.recall(i);
            while (at < recalls.length && recalls[at] < recall) {
                at++;
            }
            boolean isReached = at < recalls.length;
            points.add(new PrecisionRecall.Point(
                    recall,
                    isReached ? precisions[at] : 0,
                    isReached ? verdicts.get(at).score() : 0));
        }
        return new PrecisionRecall(points);
    }

    /// The mean precision over all recalls at one threshold of overlap; NaN without objects.
    double precision(int threshold) {
        return objects == 0
                ? Double.NaN
                : curves.get(threshold).points().stream()
                        .mapToDouble(PrecisionRecall.Point::precision)
                        .average()
                        .orElseThrow();
    }

    /// The mean over all thresholds; NaN without objects.
    double precision() {
        var all = new double[Thresholds.OVERLAPS];
        Arrays.setAll(all, this::precision);
        return Arrays.stream(all).average().orElseThrow();
    }

    /// The share of objects that are found, as the mean over all thresholds; NaN without objects.
    ///
    /// @param most detections of a photo
    double recall(int most) {
        if (objects == 0) {
            return Double.NaN;
        }
        long right = 0;
        for (var verdict : verdicts) {
            if (verdict.rank() < most) {
                right += Integer.bitCount(verdict.matched() & ~verdict.ignored());
            }
        }
        return right / (double) objects / Thresholds.OVERLAPS;
    }
}
