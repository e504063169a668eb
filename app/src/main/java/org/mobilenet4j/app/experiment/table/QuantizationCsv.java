package org.mobilenet4j.app.experiment.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Integers as CSV, a line for each way to make them. Accuracies are percents, the spread is the
/// sample standard deviation over the seeds, the error that of the differences from floats.
public final class QuantizationCsv {
    private QuantizationCsv() {}

    public static String of(List<QuantizationLine> lines) {
        int seeds = lines.stream().mapToInt(line -> line.top1().size()).max().orElse(0);
        var heading = new ArrayList<>(List.of("weights", "trained", "weight_bytes", "seeds", "top1_mean", "top1_sd"));
        for (int seed = 1; seed <= seeds; seed++) {
            heading.add("top1_seed" + seed);
        }
        heading.addAll(List.of("difference", "error"));
        var csv = new StringBuilder(String.join(",", heading)).append('\n');
        lines.forEach(line -> csv.append(String.join(",", cells(line, seeds))).append('\n'));
        return csv.toString();
    }

    private static List<String> cells(QuantizationLine line, int seeds) {
        var cells = new ArrayList<>(List.of(
                line.weights(),
                line.trained() ? "yes" : "no",
                String.valueOf(line.bytes()),
                String.valueOf(line.top1().size()),
                number(line.mean()),
                number(line.deviation())));
        for (int i = 0; i < seeds; i++) {
            cells.add(i < line.top1().size() ? number(line.top1().get(i)) : "");
        }
        cells.addAll(List.of(number(line.difference()), number(line.error())));
        return cells;
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
