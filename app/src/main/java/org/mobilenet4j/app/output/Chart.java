package org.mobilenet4j.app.output;

import java.awt.Color;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/// Charts of points and lines in a common style.
public final class Chart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 600;
    private static final double BASE = 5;
    private static final Color GRID = new Color(0xdddddd);

    private Chart() {}

    /// An empty chart.
    public static XYChart of(String title, String xAxis, String yAxis) {
        var chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xAxis)
                .yAxisTitle(yAxis)
                .build();
        var styler = chart.getStyler();
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setAnnotationTextFontColor(Color.DARK_GRAY);
        return chart;
    }

    /// An empty chart whose x values must be given as [#doublings]. The library's own logarithmic axis labels only
    /// powers of ten, of which there would be too few; here, ticks are at 5, 10, 20, 40 and so on.
    ///
    /// @param values all that are to be drawn, above 0
    public static XYChart logarithmic(String title, String xAxis, String yAxis, double... values) {
        var chart = of(title, xAxis + ", logarithmic", yAxis);
        double least = Math.floor(doublings(Arrays.stream(values).min().orElse(BASE)));
        double most = Math.ceil(doublings(Arrays.stream(values).max().orElse(BASE)));
        chart.getStyler()
                .setXAxisMin(least)
                .setXAxisMax(Math.max(most, least + 1))
                .setxAxisTickLabelsFormattingFunction(Chart::tick);
        return chart;
    }

    /// A label at whole doublings alone.
    private static String tick(double doublings) {
        return Math.abs(doublings - Math.rint(doublings)) > 1e-6
                ? " "
                : new BigDecimal(BASE * Math.pow(2, Math.rint(doublings)))
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    /// The position of `value` on a logarithmic axis.
    public static double doublings(double value) {
        return Math.log(value / BASE) / Math.log(2);
    }

    /// A point's name, to stand beside it.
    ///
    /// @param x as the axis has it
    public record Label(String text, double x, double y) {}

    /// Writes `labels` into a chart of [#logarithmic], after all its series were added, so that they cover little.
    public static void label(XYChart chart, List<Label> labels) {
        var all = new ChartLabels(chart);
        labels.forEach(label -> all.place(label.text, label.x, label.y));
    }

    /// Writes a PNG file.
    ///
    /// @throws IOException with one line that names the file
    public static void write(XYChart chart, Path file) throws IOException {
        Picture.write(file, () -> BitmapEncoder.getBufferedImage(chart));
    }
}
