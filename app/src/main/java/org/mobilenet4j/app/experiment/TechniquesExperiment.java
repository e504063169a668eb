package org.mobilenet4j.app.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import org.mobilenet4j.app.experiment.conclusion.Conclusion;
import org.mobilenet4j.app.experiment.conclusion.NarrowConclusion;
import org.mobilenet4j.app.experiment.conclusion.Outcome;
import org.mobilenet4j.app.experiment.conclusion.ScheduleConclusion;
import org.mobilenet4j.app.experiment.run.Arm;
import org.mobilenet4j.app.experiment.run.Scale;
import org.mobilenet4j.app.experiment.table.TechniqueCsv;

/// Every technique before and after: what it costs, and what it does to accuracy.
///
/// Down-sampling as late as can be makes 73 times the work, and is not among them; [#LATER] stands for it.
public record TechniquesExperiment() implements Experiment {
    /// What it is called.
    public static final String ID = "techniques";

    /// Strides on the 1st, 5th, 7th, 9th and 13th convolution instead of the 1st, 3rd, 5th, 7th and 13th.
    private static final String LATER = "strides=21112121211121";

    private static final String EARLY = "early";
    private static final String SHALLOW = "shallow";
    private static final String NARROW = "narrow=" + SHALLOW;

    private static final List<Shown> ALL = List.of(
            new Shown("width=0.5", Shown.Base.MOBILENET),
            new Shown("resolution=0.714", Shown.Base.MOBILENET),
            new Shown(EARLY, Shown.Base.MOBILENET),
            new Shown("even", Shown.Base.MOBILENET),
            new Shown(LATER, Shown.Base.MOBILENET),
            new Shown("shuffle=4", Shown.Base.MOBILENET),
            new Shown(SHALLOW, Shown.Base.MOBILENET),
            new Shown(NARROW, Shown.Base.MOBILENET),
            new Shown("separable", Shown.Base.CONV),
            new Shown("kernel=1:half", Shown.Base.CONV),
            new Shown("fire", Shown.Base.CONV),
            new Shown("global-pool", Shown.Base.ALEXNET));

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Each technique, before and after";
    }

    @Override
    public List<Arm> arms(Scale scale) {
        var arms = new LinkedHashMap<String, Arm>();
        for (var shown : ALL) {
            for (var arm : List.of(shown.before(scale), shown.after(scale))) {
                arms.putIfAbsent(arm.key(), arm);
            }
        }
        return List.copyOf(arms.values());
    }

    @Override
    public List<Conclusion> conclusions(List<Outcome> outcomes) {
        return List.of(
                ScheduleConclusion.of(after(LATER, outcomes), outcomes.getFirst(), after(EARLY, outcomes)),
                NarrowConclusion.of(after(NARROW, outcomes), after(SHALLOW, outcomes)));
    }

    private static Outcome after(String technique, List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.arm().label().endsWith(", " + technique))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String csv(Scale scale, List<Outcome> outcomes) {
        var found = new LinkedHashMap<String, Outcome>();
        outcomes.forEach(outcome -> found.put(outcome.arm().key(), outcome));
        var csv = new TechniqueCsv();
        for (var shown : ALL) {
            var before = found.get(shown.before(scale).key());
            var after = found.get(shown.after(scale).key());
            if (before != null && after != null) {
                csv.row(shown.technique(), before, after);
            }
        }
        return csv.toString();
    }
}
