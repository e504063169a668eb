package org.mobilenet4j.app.experiment;

import java.util.List;
import org.mobilenet4j.cost.Cost;

/// What came of an arm.
///
/// @param arm the network
/// @param cost of it
/// @param top1 percent of the validation photos, of each seed from 1 on
public record Outcome(Arm arm, Cost cost, List<Double> top1) {
    public Outcome {
        top1 = List.copyOf(top1);
    }

    static Outcome of(Arm arm, List<Double> top1) {
        return new Outcome(arm, Cost.of(arm.network()), top1);
    }

    /// Mean and spread over the seeds.
    public Spread spread() {
        return Spread.of(top1.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /// Mult-adds of one photo.
    public long multAdds() {
        return cost.multAdds();
    }

    /// Weights, as the paper counts: no biases, no batch normalisation.
    public long parameters() {
        return cost.parameters().weights();
    }
}
