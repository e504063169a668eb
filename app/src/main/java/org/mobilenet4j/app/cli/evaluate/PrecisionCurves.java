package org.mobilenet4j.app.cli.evaluate;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.mobilenet4j.app.output.Chart;
import org.mobilenet4j.detect.measure.CocoClass;
import org.mobilenet4j.detect.measure.CocoEvaluation;
import org.mobilenet4j.detect.measure.PrecisionRecall;

/// A chart of precision over recall at an overlap of .5: a line for each class, of many classes for those with the most
/// objects, and the mean of all.
final class PrecisionCurves {
    /// More lines cannot be told apart.
    private static final int MOST = 10;

    /// A label each ten percent.
    private static final int TICKS = 11;

    private static final BasicStroke THICK = new BasicStroke(3);

    private PrecisionCurves() {}

    /// Draws a PNG file.
    static void write(CocoEvaluation evaluation, Path file) throws IOException {
        Chart.write(chart(evaluation), file);
    }

    private static XYChart chart(CocoEvaluation evaluation) {
        var chart = Chart.of("Precision over recall at an overlap of .5, and AP50", "recall, %", "precision, %");
        chart.getStyler()
                .setXAxisMin(0.0)
                .setXAxisMax(100.0)
                .setXAxisMaxLabelCount(TICKS)
                .setYAxisMin(0.0)
                .setYAxisMax(100.0)
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setLegendLayout(Styler.LegendLayout.Vertical);
        var classes = evaluation.classes().stream()
                .filter(one -> one.objects() > 0)
                .sorted(Comparator.comparingLong(one -> -one.objects()))
                .toList();
        for (var one : classes.subList(0, Math.min(MOST, classes.size()))) {
            add(
                    chart,
                    one.label(),
                    one.figures().ap50(),
                    points(one).stream()
                            .mapToDouble(PrecisionRecall.Point::precision)
                            .toArray());
        }
        if (classes.size() > 1) {
            var mean = add(
                    chart,
                    classes.size() > MOST ? "mean of " + classes.size() + " classes" : "mean",
                    evaluation.figures().ap50(),
                    mean(classes));
            mean.setLineColor(Color.BLACK);
            mean.setLineStyle(THICK);
        }
        return chart;
    }

    private static List<PrecisionRecall.Point> points(CocoClass one) {
        return one.curves().getFirst().points();
    }

    private static double[] mean(List<CocoClass> classes) {
        var mean = new double[points(classes.getFirst()).size()];
        for (var one : classes) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += points(one).get(i).precision() / classes.size();
            }
        }
        return mean;
    }

    /// Recalls are those of COCO: 0, .01, ... 1.
    private static XYSeries add(XYChart chart, String name, double ap50, double[] precisions) {
        var recalls = new double[precisions.length];
        var percents = new double[precisions.length];
        for (int i = 0; i < precisions.length; i++) {
            recalls[i] = 100.0 * i / (precisions.length - 1);
            percents[i] = 100 * precisions[i];
        }
        var title = String.format(Locale.ROOT, "%s, %.1f %%", name, 100 * ap50);
        var series = chart.addSeries(chart.getSeriesMap().containsKey(title) ? title + " " : title, recalls, percents);
        series.setMarker(SeriesMarkers.NONE);
        return series;
    }
}
