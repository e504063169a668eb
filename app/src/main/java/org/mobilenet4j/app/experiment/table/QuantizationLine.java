package org.mobilenet4j.app.experiment.table;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mobilenet4j.app.experiment.conclusion.Contrast;
import org.mobilenet4j.app.experiment.conclusion.Outcome;
import org.mobilenet4j.app.experiment.run.Quantized;
import org.mobilenet4j.app.experiment.run.Trained;

/// One line of the table of integers; accuracies in percent.
///
/// @param weights how they are stored: `floats`, `per-tensor` or `per-channel`
/// @param trained whether they were trained for integers
/// @param bytes of the weights
/// @param top1 of each seed
/// @param mean of them
/// @param deviation the sample standard deviation; none of one seed alone
/// @param difference to the floats' accuracy; none of the floats themselves
/// @param error its standard error, of the differences seed by seed; none of one seed alone
public record QuantizationLine(
        String weights,
        boolean trained,
        long bytes,
        List<Double> top1,
        double mean,
        OptionalDouble deviation,
        OptionalDouble difference,
        OptionalDouble error) {
    public QuantizationLine {
        top1 = List.copyOf(top1);
    }

    /// A line for each arm that has a result, in their order.
    public static List<QuantizationLine> of(List<Outcome> outcomes) {
        var floats = outcomes.stream()
                .filter(outcome -> outcome.arm().making() instanceof Trained)
                .findFirst();
        return outcomes.stream().map(outcome -> of(outcome, floats)).toList();
    }

    private static QuantizationLine of(Outcome outcome, Optional<Outcome> floats) {
        return switch (outcome.arm().making()) {
            case Trained _ -> of("floats", false, outcome, Optional.empty());
            case Quantized how ->
                of(
                        how.weights().toString(),
                        how.training().isPresent(),
                        outcome,
                        floats.map(whole -> Contrast.paired(outcome, whole)));
        };
    }

    private static QuantizationLine of(
            String weights, boolean trained, Outcome outcome, Optional<Contrast> difference) {
        var spread = outcome.spread();
        return new QuantizationLine(
                weights,
                trained,
                outcome.weightBytes(),
                outcome.top1(),
                spread.mean(),
                known(spread.deviation()),
                difference.map(it -> OptionalDouble.of(it.value())).orElse(OptionalDouble.empty()),
                difference.map(it -> known(it.error())).orElse(OptionalDouble.empty()));
    }

    private static OptionalDouble known(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
