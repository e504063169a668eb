package org.mobilenet4j.app.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.mobilenet4j.app.experiment.conclusion.Conclusion;
import org.mobilenet4j.app.experiment.conclusion.LogLinearConclusion;
import org.mobilenet4j.app.experiment.conclusion.Outcome;
import org.mobilenet4j.app.experiment.run.Arm;
import org.mobilenet4j.app.experiment.run.RunFolder;
import org.mobilenet4j.app.experiment.run.RunResult;
import org.mobilenet4j.app.experiment.run.Scale;
import org.mobilenet4j.app.experiment.table.Figures;
import org.mobilenet4j.app.output.TextFile;

/// The results of an experiment so far.
///
/// @param experiment that was run
/// @param scale of its networks
/// @param isDone whether every run is done
/// @param outcomes of the networks that have a result, in the table's order
/// @param mobileNets outcomes of all MobileNets in the folder, from any experiment
/// @param conclusions of the paper, once every run is done
public record ExperimentTable(
        Experiment experiment,
        Scale scale,
        boolean isDone,
        List<Outcome> outcomes,
        List<Outcome> mobileNets,
        List<Conclusion> conclusions) {
    public ExperimentTable {
        outcomes = List.copyOf(outcomes);
        mobileNets = List.copyOf(mobileNets);
        conclusions = List.copyOf(conclusions);
    }

    /// Reads the runs' results.
    ///
    /// @throws IOException if one is damaged
    public static ExperimentTable of(ExperimentPlan plan) throws IOException {
        var outcomes = new ArrayList<Outcome>();
        boolean isDone = true;
        for (var arm : plan.arms()) {
            var outcome = outcome(plan, arm);
            outcome.ifPresent(outcomes::add);
            isDone &= outcome.map(found -> found.top1().size() == plan.seeds()).orElse(false);
        }
        var mobileNets = mobileNets(plan);
        return new ExperimentTable(
                plan.experiment(),
                plan.protocol().scale(),
                isDone,
                outcomes,
                mobileNets,
                isDone ? conclusions(plan.experiment(), outcomes, mobileNets) : List.of());
    }

    private static List<Conclusion> conclusions(
            Experiment experiment, List<Outcome> outcomes, List<Outcome> mobileNets) {
        var conclusions = new ArrayList<>(experiment.conclusions(outcomes));
        if (experiment.isOfMultipliers()) {
            LogLinearConclusion.of(mobileNets).ifPresent(conclusions::add);
        }
        return conclusions;
    }

    private static Optional<Outcome> outcome(ExperimentPlan plan, Arm arm) throws IOException {
        var runs = new ArrayList<RunResult>();
        for (int seed = 1; seed <= plan.seeds(); seed++) {
            RunFolder.of(plan.out(), arm, seed).result().ifPresent(runs::add);
        }
        return runs.isEmpty() ? Optional.empty() : Optional.of(Outcome.ofRuns(arm, runs));
    }

    private static List<Outcome> mobileNets(ExperimentPlan plan) throws IOException {
        var scale = plan.protocol().scale();
        var arms = new LinkedHashMap<String, Arm>();
        for (var experiment : PaperExperiment.values()) {
            if (experiment.isOfMultipliers() && (experiment == PaperExperiment.TABLE6 || scale.takesEveryRho())) {
                experiment.arms(scale).forEach(arm -> arms.putIfAbsent(arm.key(), arm));
            }
        }
        var outcomes = new ArrayList<Outcome>();
        for (var arm : arms.values()) {
            outcome(plan, arm).ifPresent(outcomes::add);
        }
        return outcomes;
    }

    /// Writes the table as CSV, and figures 4 and 5 if there is anything to draw.
    ///
    /// @throws IOException if a file cannot be written
    public void write(Path out) throws IOException {
        TextFile.write(out.resolve(experiment.id() + ".csv"), experiment.csv(scale, outcomes));
        if (isDone) {
            Figures.write(mobileNets, out);
        }
    }
}
