package org.mobilenet4j.app.output;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/// Charts of points and lines in a common style.
public final class Chart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 600;

    private Chart() {}

    /// An empty chart.
    public static XYChart of(String xAxis, String yAxis) {
        var chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle(xAxis)
                .yAxisTitle(yAxis)
                .build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideSE);
        return chart;
    }

    /// An empty chart whose x values must be given as [#doublings]. The library's own logarithmic axis labels only
    /// powers of ten, of which there would be too few.
    public static XYChart logarithmic(String xAxis, String yAxis) {
        var chart = of(xAxis + ", logarithmic", yAxis);
        chart.getStyler()
                .setxAxisTickLabelsFormattingFunction(
                        doublings -> String.format(Locale.ROOT, "%.3g", Math.pow(2, doublings)));
        return chart;
    }

    /// The position of `value` on a logarithmic axis.
    public static double doublings(double value) {
        return Math.log(value) / Math.log(2);
    }

    /// Writes a PNG file.
    ///
    /// @throws IOException with one line that names the file
    public static void write(XYChart chart, Path file) throws IOException {
        Picture.write(file, () -> BitmapEncoder.getBufferedImage(chart));
    }
}
