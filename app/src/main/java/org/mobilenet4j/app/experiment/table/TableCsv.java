package org.mobilenet4j.app.experiment.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mobilenet4j.app.experiment.conclusion.Outcome;

/// An experiment's table as CSV. Accuracies are percents, the spread is the sample standard deviation
/// over the seeds, and parameters are counted as the paper does.
public final class TableCsv {
    private TableCsv() {}

    public static String of(List<Outcome> outcomes) {
        int seeds = outcomes.stream()
                .mapToInt(outcome -> outcome.top1().size())
                .max()
                .orElse(0);
        var lines = new ArrayList<List<String>>();
        var heading = new ArrayList<>(
                List.of("network", "alpha", "resolution", "mult_adds", "parameters", "seeds", "top1_mean", "top1_sd"));
        for (int seed = 1; seed <= seeds; seed++) {
            heading.add("top1_seed" + seed);
        }
        heading.addAll(List.of("paper_top1", "paper_million_mult_adds"));
        lines.add(heading);
        outcomes.forEach(outcome -> lines.add(line(outcome, seeds)));
        var csv = new StringBuilder();
        lines.forEach(line -> csv.append(String.join(",", line)).append('\n'));
        return csv.toString();
    }

    private static List<String> line(Outcome outcome, int seeds) {
        var arm = outcome.arm();
        var spread = outcome.spread();
        var line = new ArrayList<>(List.of(
                arm.key(),
                String.valueOf(arm.alpha()),
                String.valueOf(arm.resolution()),
                String.valueOf(outcome.multAdds()),
                String.valueOf(outcome.parameters()),
                String.valueOf(spread.count()),
                number(spread.mean()),
                spread.count() > 1 ? number(spread.deviation()) : ""));
        for (int i = 0; i < seeds; i++) {
            line.add(i < outcome.top1().size() ? number(outcome.top1().get(i)) : "");
        }
        line.add(arm.published().map(paper -> String.valueOf(paper.top1())).orElse(""));
        line.add(arm.published().map(paper -> String.valueOf(paper.multAdds())).orElse(""));
        return line;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
