package org.mobilenet4j.detect.measure;

import java.util.List;
import java.util.Objects;

/// What COCO's measure says of one class.
///
/// @param label its name
/// @param objects how many of it a detector is asked to find
/// @param figures NaN where there is none
/// @param curves precision at COCO's 101 recalls, for overlaps .50, .55, ... .95; no curves without
///     objects
public record CocoClass(String label, long objects, CocoFigures figures, List<PrecisionRecall> curves) {
    public CocoClass {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(figures, "figures");
        Objects.requireNonNull(curves, "curves");
        curves = List.copyOf(curves);
    }

    static CocoClass of(String label, List<PhotoClass> photos) {
        var matchings = photos.stream().map(CocoMatching::new).toList();
        var all = new CocoTable(matchings, Area.ALL);
        var small = new CocoTable(matchings, Area.SMALL);
        var medium = new CocoTable(matchings, Area.MEDIUM);
        var large = new CocoTable(matchings, Area.LARGE);
        int most = CocoMatching.MOST;
        var figures = new CocoFigures(
                all.precision(),
                all.precision(0),
                all.precision(5),
                small.precision(),
                medium.precision(),
                large.precision(),
                all.recall(1),
                all.recall(10),
                all.recall(most),
                small.recall(most),
                medium.recall(most),
                large.recall(most));
        return new CocoClass(label, all.objects(), figures, all.objects() == 0 ? List.of() : all.curves());
    }
}
