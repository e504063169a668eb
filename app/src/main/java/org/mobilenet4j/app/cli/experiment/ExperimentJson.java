package org.mobilenet4j.app.cli.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.mobilenet4j.app.experiment.ExperimentTable;
import org.mobilenet4j.app.experiment.QuantizationExperiment;
import org.mobilenet4j.app.experiment.conclusion.Conclusion;
import org.mobilenet4j.app.experiment.conclusion.Outcome;
import org.mobilenet4j.app.experiment.run.Arm;
import org.mobilenet4j.app.experiment.run.Protocol;
import org.mobilenet4j.app.experiment.table.QuantizationLine;

/// An experiment's results as JSON.
///
/// @param experiment its name
/// @param finished whether every run is done
/// @param protocol the settings that all runs share
/// @param rows of the table
/// @param integers the lines of the quantization experiment; absent in others
/// @param conclusions of the paper, once the experiment is finished
record ExperimentJson(
        String experiment,
        boolean finished,
        SequencedMap<String, String> protocol,
        List<Row> rows,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<QuantizationLine> integers,
        List<Conclusion> conclusions) {
    /// One network; accuracies in percent.
    record Row(
            String label,
            String network,
            double alpha,
            int resolution,
            long multAdds,
            long parameters,
            double top1Mean,
            OptionalDouble top1Deviation,
            List<Double> top1,
            Optional<Arm.Published> paper) {
        static Row of(Outcome outcome) {
            var arm = outcome.arm();
            var spread = outcome.spread();
            return new Row(
                    arm.label(),
                    arm.network().name(),
                    arm.alpha(),
                    arm.resolution(),
                    outcome.multAdds(),
                    outcome.parameters(),
                    spread.mean(),
                    spread.count() > 1 ? OptionalDouble.of(spread.deviation()) : OptionalDouble.empty(),
                    outcome.top1(),
                    arm.published());
        }
    }

    static ExperimentJson of(ExperimentTable table, Protocol protocol) {
        return new ExperimentJson(
                table.experiment().id(),
                table.isDone(),
                protocol.settings(),
                table.outcomes().stream().map(Row::of).toList(),
                table.experiment() instanceof QuantizationExperiment
                        ? QuantizationLine.of(table.outcomes())
                        : List.of(),
                table.conclusions());
    }
}
