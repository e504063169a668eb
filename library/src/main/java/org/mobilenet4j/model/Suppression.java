package org.mobilenet4j.model;

import org.mobilenet4j.error.BadValueException;

/// Which of a detector's boxes are left in the end: non-maximum suppression and its limits.
///
/// @param minScore boxes with a lower score are dropped
/// @param maxOverlap a box is dropped that overlaps one of a higher score by more than this: the area of their
///     intersection as a share of that of their union
/// @param limit the most boxes that are left
/// @param isPerClass whether boxes suppress only boxes of the same class. Otherwise each anchor has one box, with the
///     most probable of its classes, and suppresses boxes of any class: faster
/// @param limitPerClass the most boxes of each class, if suppression is per class
/// @param classesPerBox the most classes for which a box is returned, if suppression is not per class
public record Suppression(
        float minScore, float maxOverlap, int limit, boolean isPerClass, int limitPerClass, int classesPerBox) {
    /// The most boxes that may be asked for. Each is compared with all before it.
    public static final int MOST = 10_000;

    /// TensorFlow's for SSD on COCO: up to 100 boxes, suppressed per class.
    public static final Suppression SSD = new Suppression(1e-8f, 0.6f, 100, true, 100, 1);

    public Suppression {
        if (Float.isNaN(minScore) || !(maxOverlap >= 0 && maxOverlap <= 1)) {
            throw new BadValueException("boxes are kept by a least score and an overlap from 0 to 1, not " + minScore
                    + " and " + maxOverlap);
        }
        check("boxes", limit);
        check("boxes of a class", limitPerClass);
        check("classes of a box", classesPerBox);
    }

    private static void check(String what, int count) {
        if (count < 1 || count > MOST) {
            throw new BadValueException("the number of " + what + " must be from 1 to " + MOST + ", not " + count);
        }
    }

    /// With another least score.
    public Suppression withMinScore(float score) {
        return new Suppression(score, maxOverlap, limit, isPerClass, limitPerClass, classesPerBox);
    }

    /// With another limit, of each class too.
    public Suppression withLimit(int most) {
        return new Suppression(minScore, maxOverlap, most, isPerClass, most, classesPerBox);
    }
}
