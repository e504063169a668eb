package org.mobilenet4j.app.cli.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.mobilenet4j.app.output.Chart;

/// A chart of a search: accuracy against a resource, with the front as a line.
final class FrontPicture {
    private static final double MILLION = 1e6;

    /// What labels do without.
    private static final String FAMILY = "mobilenet_v1_";

    private FrontPicture() {}

    /// Draws a PNG file.
    ///
    /// @param need how much of the front's resource a row needs
    static void write(SearchResult result, ToDoubleFunction<SearchResult.Row> need, Path file) throws IOException {
        boolean areMillions = result.networks().stream().mapToDouble(need).max().orElse(0) > MILLION;
        Chart.write(
                areMillions
                        ? chart(result, " in millions", row -> need.applyAsDouble(row) / MILLION)
                        : chart(result, "", need),
                file);
    }

    private static XYChart chart(SearchResult result, String unit, ToDoubleFunction<SearchResult.Row> need) {
        var rows = result.networks();
        var chart = Chart.logarithmic(
                "Accuracy by " + result.by(),
                result.by() + unit,
                "top-1, %",
                rows.stream().mapToDouble(need).toArray());
        add(chart, "front", rows.stream().filter(SearchResult.Row::front).toList(), need)
                .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        var others = rows.stream().filter(row -> !row.front()).toList();
        if (!others.isEmpty()) {
            add(chart, "others", others, need).setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        }
        var best = rows.stream().filter(row -> row.name().equals(result.best())).toList();
        add(chart, "best: " + result.best(), best, need).setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        Chart.label(
                chart,
                rows.stream()
                        .filter(SearchResult.Row::front)
                        .map(row -> new Chart.Label(
                                row.name().replace(FAMILY, ""),
                                Chart.doublings(need.applyAsDouble(row)),
                                100 * row.top1()))
                        .toList());
        return chart;
    }

    private static XYSeries add(
            XYChart chart, String name, List<SearchResult.Row> rows, ToDoubleFunction<SearchResult.Row> need) {
        return chart.addSeries(
                name,
                rows.stream()
                        .mapToDouble(row -> Chart.doublings(need.applyAsDouble(row)))
                        .toArray(),
                rows.stream().mapToDouble(row -> 100 * row.top1()).toArray());
    }
}
