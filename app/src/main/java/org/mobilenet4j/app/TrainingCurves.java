package org.mobilenet4j.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.mobilenet4j.train.EpochResult;

/// A training's epochs as curves: accuracy on the left axis, the loss on the right one.
final class TrainingCurves {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 540;

    private TrainingCurves() {}

    /// Draws a PNG file.
    static void write(List<EpochResult> history, Path file) throws IOException {
        try {
            var picture = BitmapEncoder.getBufferedImage(chart(history));
            WholeFile.write(file, stream -> ImageIO.write(picture, "png", stream));
        } catch (InternalError | NoClassDefFoundError e) { // how the JDK says that the system has no fonts
            throw new IOException(file + ": drawing needs a font; install fontconfig and one", e);
        }
    }

    private static XYChart chart(List<EpochResult> history) {
        var chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle("epoch")
                .yAxisTitle("accuracy, %")
                .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideSE);
        chart.getStyler().setChartBackgroundColor(java.awt.Color.WHITE);
        chart.getStyler().setYAxisMin(0, 0.0);
        chart.getStyler().setYAxisMin(1, 0.0);
        add(chart, history, "validation top-5", 0, result -> 100 * result.top5());
        add(chart, history, "validation top-1", 0, result -> 100 * result.top1());
        add(chart, history, "training top-1", 0, result -> 100 * result.trainTop1());
        add(chart, history, "loss (right)", 1, EpochResult::loss);
        chart.setYAxisGroupTitle(1, "loss");
        chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
        return chart;
    }

    private static void add(
            XYChart chart, List<EpochResult> history, String name, int axis, ToDoubleFunction<EpochResult> value) {
        double[] epochs = history.stream().mapToDouble(EpochResult::epoch).toArray();
        double[] values = history.stream().mapToDouble(value).toArray();
        var series = chart.addSeries(name, epochs, values);
        series.setMarker(history.size() > 1 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
        series.setYAxisGroup(axis);
    }
}
