package org.mobilenet4j.detect.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// COCO's twelve figures, each from 0 to 1, or NaN where there is no object to find (the reference has
/// -1 there).
///
/// @param ap average precision: the mean over recalls 0, .01, ... 1 and over overlaps .50, .55, ... .95
/// @param ap50 the same at an overlap of .50: what VOC measures, nearly
/// @param ap75 at .75
/// @param apSmall average precision for objects of up to 32² pixels
/// @param apMedium of 32² to 96²
/// @param apLarge of 96² and more
/// @param ar1 average recall: the mean over overlaps, with the best detection of a class in each photo
/// @param ar10 with the best ten
/// @param ar100 with the best hundred, as all average precisions
/// @param arSmall for objects of up to 32² pixels, with the best hundred
/// @param arMedium of 32² to 96²
/// @param arLarge of 96² and more
public record CocoFigures(
        double ap,
        double ap50,
        double ap75,
        double apSmall,
        double apMedium,
        double apLarge,
        double ar1,
        double ar10,
        double ar100,
        double arSmall,
        double arMedium,
        double arLarge) {
    /// The mean of each over the classes that have it.
    static CocoFigures mean(List<CocoFigures> classes) {
        return new CocoFigures(
                mean(classes, CocoFigures::ap),
                mean(classes, CocoFigures::ap50),
                mean(classes, CocoFigures::ap75),
                mean(classes, CocoFigures::apSmall),
                mean(classes, CocoFigures::apMedium),
                mean(classes, CocoFigures::apLarge),
                mean(classes, CocoFigures::ar1),
                mean(classes, CocoFigures::ar10),
                mean(classes, CocoFigures::ar100),
                mean(classes, CocoFigures::arSmall),
                mean(classes, CocoFigures::arMedium),
                mean(classes, CocoFigures::arLarge));
    }

    private static double mean(List<CocoFigures> classes, ToDoubleFunction<CocoFigures> figure) {
        return classes.stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}
