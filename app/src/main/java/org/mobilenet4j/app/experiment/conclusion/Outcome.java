package org.mobilenet4j.app.experiment.conclusion;

import java.util.List;
import org.mobilenet4j.app.experiment.run.Arm;
import org.mobilenet4j.app.experiment.run.RunResult;
import org.mobilenet4j.cost.Cost;

/// What came of an arm.
///
/// @param arm the network
/// @param cost of it
/// @param weightBytes that its weights take as they are stored
/// @param top1 percent of the validation photos, of each seed from 1 on
public record Outcome(Arm arm, Cost cost, long weightBytes, List<Double> top1) {
    public Outcome {
        top1 = List.copyOf(top1);
    }

    /// Of floats.
    public static Outcome of(Arm arm, List<Double> top1) {
        var cost = Cost.of(arm.network());
        return new Outcome(arm, cost, Float.BYTES * cost.parameters().withStatistics(), top1);
    }

    /// Of runs that are done, at least one.
    public static Outcome ofRuns(Arm arm, List<RunResult> runs) {
        var floats = of(arm, runs.stream().map(run -> 100 * run.top1()).toList());
        var numbers = runs.getFirst().integers();
        return numbers == null ? floats : floats.withWeightBytes(numbers.weightBytes());
    }

    public Outcome withWeightBytes(long bytes) {
        return new Outcome(arm, cost, bytes, top1);
    }

    /// Mean and spread over the seeds.
    public Spread spread() {
        return Spread.of(top1.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /// Mult-adds of one photo.
    public long multAdds() {
        return cost.multAdds();
    }

    /// Weights, as the paper counts: no biases, no batch normalization.
    public long parameters() {
        return cost.parameters().weights();
    }
}
