package org.mobilenet4j.app.experiment.table;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.mobilenet4j.app.experiment.conclusion.Outcome;
import org.mobilenet4j.app.output.Chart;
import org.mobilenet4j.cost.Figure;
import org.mobilenet4j.cost.PaperTable;
import org.mobilenet4j.cost.PaperTables;

/// The paper's figures 4 and 5 of all MobileNets of a folder, each point the mean over the seeds, with
/// its standard deviation.
public final class Figures {
    /// @param cost in millions
    /// @param top1 in percent
    private record Point(double cost, double top1) {}

    private Figures() {}

    /// Draws `figure4.png`, accuracy over mult-adds, and `figure5.png`, accuracy over parameters;
    /// nothing for a single network.
    public static void write(List<Outcome> outcomes, Path folder) throws IOException {
        if (outcomes.size() < 2) {
            return;
        }
        Chart.write(
                chart(
                        "mult-adds",
                        outcomes,
                        Outcome::multAdds,
                        outcome -> "alpha " + outcome.arm().alpha(),
                        outcome -> String.valueOf(outcome.arm().resolution()),
                        paper(Set.of("6", "7"), PaperTable.Row::multAdds)),
                folder.resolve("figure4.png"));
        Chart.write(
                chart(
                        "parameters",
                        outcomes,
                        Outcome::parameters,
                        outcome -> outcome.arm().resolution() + " x "
                                + outcome.arm().resolution(),
                        outcome -> String.valueOf(outcome.arm().alpha()),
                        paper(Set.of("6"), PaperTable.Row::parameters)),
                folder.resolve("figure5.png"));
    }

    private static XYChart chart(
            String cost,
            List<Outcome> outcomes,
            ToLongFunction<Outcome> x,
            Function<Outcome, String> group,
            Function<Outcome, String> label,
            List<Point> paper) {
        var all = outcomes.stream().mapToDouble(outcome -> x.applyAsLong(outcome) / 1e6);
        var chart = Chart.logarithmic(
                "MobileNets: accuracy by " + cost,
                cost + " in millions",
                "top-1 of the validation photos, %",
                DoubleStream.concat(all, paper.stream().mapToDouble(Point::cost))
                        .toArray());
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        groups(outcomes, group)
                .forEach((name, members) -> chart.addSeries(
                        name,
                        members.stream()
                                .mapToDouble(member -> Chart.doublings(x.applyAsLong(member) / 1e6))
                                .toArray(),
                        members.stream()
                                .mapToDouble(member -> member.spread().mean())
                                .toArray(),
                        members.stream().mapToDouble(Figures::bar).toArray()));
        var highest = new TreeMap<Double, Outcome>();
        outcomes.forEach(outcome -> highest.merge(
                Chart.doublings(x.applyAsLong(outcome) / 1e6),
                outcome,
                (one, other) -> top(one) > top(other) ? one : other));
        var published = chart.addSeries(
                "the paper, on ImageNet",
                paper.stream()
                        .mapToDouble(point -> Chart.doublings(point.cost()))
                        .toArray(),
                paper.stream().mapToDouble(Point::top1).toArray());
        published.setMarker(SeriesMarkers.NONE);
        published.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        published.setLineColor(Color.GRAY);
        Chart.label(
                chart,
                highest.entrySet().stream()
                        .map(entry -> new Chart.Label(
                                label.apply(entry.getValue()),
                                entry.getKey(),
                                entry.getValue().spread().mean()))
                        .toList());
        return chart;
    }

    /// What the paper publishes of all widths in its table 6, and of all resolutions in its table 7.
    private static List<Point> paper(Set<String> tables, Function<PaperTable.Row, Figure> cost) {
        return PaperTables.all().stream()
                .filter(table -> tables.contains(table.id()))
                .flatMap(table -> table.rows().stream())
                .map(row ->
                        new Point(cost.apply(row).exact() / 1e6, row.accuracy().orElseThrow()))
                .sorted(Comparator.comparingDouble(Point::cost).thenComparingDouble(Point::top1))
                .distinct()
                .toList();
    }

    private static double top(Outcome outcome) {
        return outcome.spread().mean() + bar(outcome);
    }

    private static double bar(Outcome outcome) {
        var spread = outcome.spread();
        return spread.count() > 1 ? spread.deviation() : 0;
    }

    private static Map<String, List<Outcome>> groups(List<Outcome> outcomes, Function<Outcome, String> group) {
        var groups = new TreeMap<String, List<Outcome>>();
        outcomes.forEach(outcome -> groups.computeIfAbsent(group.apply(outcome), _ -> new ArrayList<>())
                .add(outcome));
        return groups.descendingMap();
    }
}
