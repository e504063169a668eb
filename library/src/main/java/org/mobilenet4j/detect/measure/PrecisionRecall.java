package org.mobilenet4j.detect.measure;

import java.util.List;
import java.util.Objects;

/// How precise a detector is on one class at the recall that a lower least score would give it.
///
/// @param points by rising recall
public record PrecisionRecall(List<Point> points) {
    public PrecisionRecall {
        Objects.requireNonNull(points, "points");
        points = List.copyOf(points);
    }

    /// What a least score gives.
    ///
    /// @param recall the share of the objects that are found, from 0 to 1
    /// @param precision the share of what is found that is right, from 0 to 1; 0 at a recall that is
    ///     not reached
    /// @param score the least score with which that is so; 0 at a recall that is not reached
    public record Point(double recall, double precision, float score) {}
}
