package org.mobilenet4j.detect.measure;

import java.util.List;

/// How Pascal VOC makes one figure of a curve of precision over recall.
public enum VocRule {
    /// VOC 2007 to 2009: the mean of the highest precisions at a recall of at least 0, .1, ... 1.
    ELEVEN_POINTS,
    /// VOC 2010 to 2012: the area under the curve, in which precision is the highest at that recall or
    /// a higher one.
    ALL_POINTS;

    /// @param points by rising recall
    double average(List<PrecisionRecall.Point> points) {
        return this == ELEVEN_POINTS ? elevenPoints(points) : allPoints(points);
    }

    private static double elevenPoints(List<PrecisionRecall.Point> points) {
        double sum = 0;
        for (int i = 0; i <= 10; i++) {
            double least = i / 10.0;
            sum += points.stream()
                    .filter(point -> point.recall() >= least)
                    .mapToDouble(PrecisionRecall.Point::precision)
                    .max()
                    .orElse(0);
        }
        return sum / 11;
    }

    private static double allPoints(List<PrecisionRecall.Point> points) {
        double area = 0;
        double highest = 0;
        for (int i = points.size() - 1; i >= 0; i--) {
            highest = Math.max(highest, points.get(i).precision());
            area += (points.get(i).recall() - (i == 0 ? 0 : points.get(i - 1).recall())) * highest;
        }
        return area;
    }
}
