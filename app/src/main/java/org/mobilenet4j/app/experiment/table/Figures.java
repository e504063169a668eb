package org.mobilenet4j.app.experiment.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.mobilenet4j.app.experiment.conclusion.Outcome;
import org.mobilenet4j.app.output.Chart;

/// The paper's figures 4 and 5 of all MobileNets of a folder, each point the mean over the seeds, with
/// its standard deviation.
public final class Figures {
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
                        outcome -> "alpha " + outcome.arm().alpha()),
                folder.resolve("figure4.png"));
        Chart.write(
                chart(
                        "parameters",
                        outcomes,
                        Outcome::parameters,
                        outcome -> outcome.arm().resolution() + " x "
                                + outcome.arm().resolution()),
                folder.resolve("figure5.png"));
    }

    private static XYChart chart(
            String cost, List<Outcome> outcomes, ToLongFunction<Outcome> x, Function<Outcome, String> group) {
        var chart = Chart.logarithmic(cost + " in millions", "top-1 of the validation photos, %");
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
        return chart;
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
