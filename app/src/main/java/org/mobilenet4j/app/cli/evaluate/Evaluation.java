package org.mobilenet4j.app.cli.evaluate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.mobilenet4j.app.cli.options.ArithmeticOption;
import org.mobilenet4j.infer.Plan;

/// The accuracy of a model.
///
/// @param images number of photos
/// @param top1 fraction whose most likely class was right, from 0 to 1
/// @param top5 fraction with a right class among the five most likely, from 0 to 1
/// @param millisPerImage total time divided by the number of photos
/// @param arithmetic `integer` or `float`
/// @param outputs what the network's outputs mean
/// @param classes the same for each class that occurs, by index
/// @param confusion which class was predicted for which
record Evaluation(
        int images,
        double top1,
        double top5,
        double millisPerImage,
        String arithmetic,
        String outputs,
        List<ClassAccuracy> classes,
        @JsonIgnore Confusion confusion) {

    /// The accuracy on one class.
    record ClassAccuracy(int index, String label, int images, double top1, double top5) {}

    static Evaluation of(List<Evaluator.Outcome> outcomes, Plan plan, double millis) {
        var byClass = new TreeMap<Integer, List<Evaluator.Outcome>>();
        var confusion = new Confusion();
        for (var outcome : outcomes) {
            byClass.computeIfAbsent(outcome.image().truth(), _ -> new ArrayList<>())
                    .add(outcome);
            confusion.add(outcome.image().truth(), outcome.answer());
        }
        var classes = new ArrayList<ClassAccuracy>();
        byClass.forEach((index, own) ->
                classes.add(new ClassAccuracy(index, plan.model().label(index), own.size(), top1(own), top5(own))));
        return new Evaluation(
                outcomes.size(),
                top1(outcomes),
                top5(outcomes),
                millis / outcomes.size(),
                ArithmeticOption.of(plan),
                plan.model().outputs().toString(),
                classes,
                confusion);
    }

    private static double top1(List<Evaluator.Outcome> outcomes) {
        return (double) outcomes.stream().filter(Evaluator.Outcome::isTop1).count() / outcomes.size();
    }

    private static double top5(List<Evaluator.Outcome> outcomes) {
        return (double) outcomes.stream().filter(Evaluator.Outcome::isTop5).count() / outcomes.size();
    }
}
