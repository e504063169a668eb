package org.mobilenet4j.app.cli.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.ArithmeticOption;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.detect.measure.CocoEvaluation;
import org.mobilenet4j.detect.measure.CocoFigures;
import org.mobilenet4j.detect.measure.VocEvaluation;
import org.mobilenet4j.detect.measure.VocRule;
import org.mobilenet4j.infer.Plan;

/// How well a detector finds what is marked. All figures are from 0 to 1, or null where there is no object to find.
///
/// @param images number of photos
/// @param objects how many objects are to be found
/// @param coco COCO's figures
/// @param voc Pascal VOC's
/// @param millisPerImage total time divided by the number of photos
/// @param arithmetic `integer` or `float`
/// @param classes those of which there are objects to find
record BoxEvaluation(
        int images,
        long objects,
        Coco coco,
        Voc voc,
        double millisPerImage,
        String arithmetic,
        List<ClassBoxes> classes) {
    /// The figures of one class.
    ///
    /// @param index the model's index of it
    record ClassBoxes(int index, String label, long objects, Coco coco, Voc voc) {}

    /// Mean average precision at an overlap of .5 by the rules of 2007 and of 2010.
    record Voc(@Nullable Double map2007, @Nullable Double map2010) {
        static Voc of(double map2007, double map2010) {
            return new Voc(finite(map2007), finite(map2010));
        }
    }

    /// As [CocoFigures] has them.
    record Coco(
            @Nullable Double ap,
            @Nullable Double ap50,
            @Nullable Double ap75,
            @Nullable Double apSmall,
            @Nullable Double apMedium,
            @Nullable Double apLarge,
            @Nullable Double ar1,
            @Nullable Double ar10,
            @Nullable Double ar100,
            @Nullable Double arSmall,
            @Nullable Double arMedium,
            @Nullable Double arLarge) {
        static Coco of(CocoFigures figures) {
            return new Coco(
                    finite(figures.ap()),
                    finite(figures.ap50()),
                    finite(figures.ap75()),
                    finite(figures.apSmall()),
                    finite(figures.apMedium()),
                    finite(figures.apLarge()),
                    finite(figures.ar1()),
                    finite(figures.ar10()),
                    finite(figures.ar100()),
                    finite(figures.arSmall()),
                    finite(figures.arMedium()),
                    finite(figures.arLarge()));
        }
    }

    private static @Nullable Double finite(double figure) {
        return Double.isNaN(figure) ? null : figure;
    }

    static BoxEvaluation of(
            Annotations marked, List<List<Detection>> found, CocoEvaluation coco, Plan plan, double millis) {
        var voc2007 = VocEvaluation.of(marked, found, VocRule.ELEVEN_POINTS);
        var voc2010 = VocEvaluation.of(marked, found, VocRule.ALL_POINTS);
        var classes = new ArrayList<ClassBoxes>();
        long objects = 0;
        for (int i = 0; i < coco.classes().size(); i++) {
            var one = coco.classes().get(i);
            objects += one.objects();
            if (one.objects() > 0) {
                classes.add(new ClassBoxes(
                        i,
                        one.label(),
                        one.objects(),
                        Coco.of(one.figures()),
                        Voc.of(
                                voc2007.classes().get(i).ap(),
                                voc2010.classes().get(i).ap())));
            }
        }
        return new BoxEvaluation(
                marked.photos().size(),
                objects,
                Coco.of(coco.figures()),
                Voc.of(voc2007.map(), voc2010.map()),
                millis / marked.photos().size(),
                ArithmeticOption.of(plan),
                classes);
    }
}
