package org.mobilenet4j.app;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;

/// A search as a picture: accuracy over what is needed, the front as a line.
final class FrontPicture {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 600;

    private FrontPicture() {}

    /// Draws a PNG file.
    ///
    /// @param need what the front is by, of a row
    static void write(SearchResult result, ToDoubleFunction<SearchResult.Row> need, Path file) throws IOException {
        try {
            var picture = BitmapEncoder.getBufferedImage(chart(result, need));
            WholeFile.write(file, stream -> ImageIO.write(picture, "png", stream));
        } catch (InternalError | NoClassDefFoundError e) { // how the JDK says that the system has no fonts
            throw new IOException(file + ": drawing needs a font; install fontconfig and one", e);
        }
    }

    private static XYChart chart(SearchResult result, ToDoubleFunction<SearchResult.Row> need) {
        var chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle(result.by() + ", logarithmic")
                .yAxisTitle("top-1, %")
                .build();
        var styler = chart.getStyler();
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.InsideSE);
        // A logarithmic axis of the library has names for powers of ten alone, of which there are too few here.
        styler.setxAxisTickLabelsFormattingFunction(
                doublings -> String.format(Locale.ROOT, "%.3g", Math.pow(2, doublings)));
        var rows = result.networks();
        add(chart, "front", rows.stream().filter(SearchResult.Row::front).toList(), need)
                .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        var others = rows.stream().filter(row -> !row.front()).toList();
        if (!others.isEmpty()) {
            add(chart, "others", others, need).setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        }
        var best = rows.stream().filter(row -> row.name().equals(result.best())).toList();
        add(chart, "best: " + result.best(), best, need).setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        return chart;
    }

    private static XYSeries add(
            XYChart chart, String name, List<SearchResult.Row> rows, ToDoubleFunction<SearchResult.Row> need) {
        return chart.addSeries(
                name,
                rows.stream()
                        .mapToDouble(row -> Math.log(need.applyAsDouble(row)) / Math.log(2))
                        .toArray(),
                rows.stream().mapToDouble(row -> 100 * row.top1()).toArray());
    }
}
