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

/// A chart of training curves: accuracy or precision on the left axis, loss on the right.
final class TrainingCurves {
    private TrainingCurves() {}

    /// Draws a PNG file.
    static void write(List<EpochResult> history, Measures measures, Path file) throws IOException {
        Chart.write(chart(history, measures), file);
    }

    private static XYChart chart(List<EpochResult> history, Measures measures) {
        boolean isAccuracy = measures == Measures.ACCURACY;
        var chart = Chart.of("Training", "epoch", isAccuracy ? "accuracy, %" : "average precision, %");
        chart.getStyler().setYAxisMin(0, 0.0);
        chart.getStyler().setYAxisMin(1, 0.0);
        var validated = isAccuracy
                ? history
                : history.stream()
                        .filter(result -> !Double.isNaN(result.top1()))
                        .toList();
        add(chart, validated, "validation " + measures.second(), 0, result -> 100 * result.top5());
        add(chart, validated, "validation " + measures.first(), 0, result -> 100 * result.top1());
        if (isAccuracy) {
            add(chart, history, "training top-1", 0, result -> 100 * result.trainTop1());
        }
        add(chart, history, "loss (right axis)", 1, EpochResult::loss);
        chart.setYAxisGroupTitle(1, "loss");
        chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
        return chart;
    }

    private static void add(
            XYChart chart, List<EpochResult> history, String name, int axis, ToDoubleFunction<EpochResult> value) {
        if (history.isEmpty()) {
            return;
        }
        double[] epochs = history.stream().mapToDouble(EpochResult::epoch).toArray();
        double[] values = history.stream().mapToDouble(value).toArray();
        var series = chart.addSeries(name, epochs, values);
        series.setMarker(history.size() > 1 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
        series.setYAxisGroup(axis);
    }
}
