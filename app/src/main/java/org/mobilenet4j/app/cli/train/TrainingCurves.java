package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.mobilenet4j.app.output.Chart;
import org.mobilenet4j.train.EpochResult;

/// A chart of training curves: accuracy on the left axis, loss on the right.
final class TrainingCurves {
    private TrainingCurves() {}

    /// Draws a PNG file.
    static void write(List<EpochResult> history, Path file) throws IOException {
        Chart.write(chart(history), file);
    }

    private static XYChart chart(List<EpochResult> history) {
        var chart = Chart.of("Training", "epoch", "accuracy, %");
        chart.getStyler().setYAxisMin(0, 0.0);
        chart.getStyler().setYAxisMin(1, 0.0);
        add(chart, history, "validation top-5", 0, result -> 100 * result.top5());
        add(chart, history, "validation top-1", 0, result -> 100 * result.top1());
        add(chart, history, "training top-1", 0, result -> 100 * result.trainTop1());
        add(chart, history, "loss (right axis)", 1, EpochResult::loss);
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
