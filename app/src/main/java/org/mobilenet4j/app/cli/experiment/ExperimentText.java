package org.mobilenet4j.app.cli.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.mobilenet4j.app.cli.cost.CostText;
import org.mobilenet4j.app.cli.text.AlignedText;
import org.mobilenet4j.app.cli.text.Duration;
import org.mobilenet4j.app.cli.text.LongText;
import org.mobilenet4j.app.experiment.ExperimentTable;
import org.mobilenet4j.app.experiment.PlannedRun;
import org.mobilenet4j.app.experiment.QuantizationExperiment;
import org.mobilenet4j.app.experiment.conclusion.Outcome;
import org.mobilenet4j.app.experiment.run.Arm;
import org.mobilenet4j.app.experiment.table.QuantizationLine;

/// Formats an experiment as text.
final class ExperimentText {
    private ExperimentText() {}

    /// The runs of a plan.
    static String of(List<PlannedRun> runs) {
        var table = new AlignedText("rlrrrl", "run", "network", "seed", "mult-adds", "parameters", "time");
        double seconds = 0;
        for (var run : runs) {
            table.row(
                    String.valueOf(run.number()),
                    run.label(),
                    String.valueOf(run.seed()),
                    CostText.count(run.multAdds()),
                    CostText.count(run.parameters()),
                    run.done() ? "done" : "about " + Duration.of(run.seconds()));
            seconds += run.done() ? 0 : run.seconds();
        }
        return table + "\ntime left: about " + Duration.of(seconds) + "\n";
    }

    /// The results.
    static String of(ExperimentTable table, Path out) {
        var text = new StringBuilder();
        if (!table.outcomes().isEmpty()) {
            text.append(table.experiment().title()).append("\n\n").append(rows(table));
        }
        if (!table.isDone()) {
            return text.append("stopped; run the same command to continue\n").toString();
        }
        for (var conclusion : table.conclusions()) {
            text.append('\n')
                    .append(LongText.wrapped("", conclusion.claim()))
                    .append(LongText.wrapped("  " + conclusion.verdict().text() + ": ", conclusion.evidence()))
                    .append(LongText.wrapped("  rule: ", conclusion.rule()));
        }
        return text.append('\n')
                .append(out.resolve(table.experiment().id() + ".csv"))
                .append('\n')
                .toString();
    }

    private static String rows(ExperimentTable table) {
        return table.experiment() instanceof QuantizationExperiment
                ? roundings(QuantizationLine.of(table.outcomes()))
                : networks(table.outcomes());
    }

    private static String roundings(List<QuantizationLine> lines) {
        var table = new AlignedText(
                "llrrrrrr", "weights", "trained", "bytes", "seeds", "top-1", "spread", "difference", "error");
        for (var line : lines) {
            table.row(
                    line.weights(),
                    line.trained() ? "yes" : "",
                    CostText.count(line.bytes()),
                    String.valueOf(line.top1().size()),
                    String.format(Locale.ROOT, "%.2f %%", line.mean()),
                    number("%.2f", line.deviation()),
                    number("%+.2f", line.difference()),
                    number("%.2f", line.error()));
        }
        return table.toString();
    }

    private static String number(String format, OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "";
    }

    private static String networks(List<Outcome> outcomes) {
        var table = new AlignedText(
                "lRrrrrRrR",
                "network",
                "input",
                "mult-adds",
                "parameters",
                "seeds",
                "top-1",
                "spread",
                "paper top-1",
                "mult-adds");
        for (var outcome : outcomes) {
            var arm = outcome.arm();
            var spread = outcome.spread();
            table.row(
                    arm.label(),
                    arm.resolution() + " x " + arm.resolution(),
                    CostText.count(outcome.multAdds()),
                    CostText.count(outcome.parameters()),
                    String.valueOf(spread.count()),
                    String.format(Locale.ROOT, "%.2f %%", spread.mean()),
                    spread.count() > 1 ? String.format(Locale.ROOT, "%.2f", spread.deviation()) : "",
                    arm.published().map(paper -> paper.top1() + " %").orElse(""),
                    arm.published().map(ExperimentText::millions).orElse(""));
        }
        return table.toString();
    }

    private static String millions(Arm.Published paper) {
        return paper.multAdds() + " M";
    }
}
