package org.mobilenet4j.benchmarks.peers;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// A Markdown table that compares each row's peers with our engine by one figure, the less the better.
///
/// @param title what the figure is
/// @param unit of our own figure
/// @param figure its value for an engine
record ReportTable(String title, String unit, ToDoubleFunction<PeerResult> figure) {
    /// One run of all engines.
    ///
    /// @param engines ours first
    record Row(String name, List<PeerResult> engines) {
        Row {
            engines = List.copyOf(engines);
        }
    }

    /// The table: a line for each row, a column for each peer with its figure over ours, then the best peer's.
    String of(List<Row> rows) {
        var peers = rows.stream()
                .flatMap(row -> row.engines().stream().skip(1))
                .map(PeerResult::engine)
                .distinct()
                .toList();
        var text = new StringBuilder("## " + title + "\n\n| | ours, " + unit + " | " + String.join(" | ", peers)
                + " | best peer over ours |\n|" + "---|".repeat(peers.size() + 3) + "\n");
        for (var row : rows) {
            text.append("| ")
                    .append(row.name())
                    .append(" | ")
                    .append(number(value(row.engines().getFirst())));
            for (var peer : peers) {
                text.append(" | ").append(ratio(row, peer));
            }
            text.append(" | ").append(best(row)).append(" |\n");
        }
        return text.toString();
    }

    private double value(PeerResult result) {
        return figure.applyAsDouble(result);
    }

    private String ratio(Row row, String peer) {
        return row.engines().stream()
                .filter(engine -> engine.engine().equals(peer))
                .findFirst()
                .map(engine -> times(row, engine))
                .orElse("");
    }

    private String best(Row row) {
        var own = row.engines().getFirst().engine();
        return row.engines().stream()
                .filter(engine -> !engine.engine().startsWith(own))
                .min(Comparator.comparingDouble(this::value))
                .map(engine -> "**" + times(row, engine) + "** " + engine.engine())
                .orElse("");
    }

    private String times(Row row, PeerResult engine) {
        return String.format(
                Locale.ROOT, "%.2f", value(engine) / value(row.engines().getFirst()));
    }

    /// With three digits, or all of its whole part.
    private static String number(double value) {
        int places = value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + places + "f", value);
    }
}
