package org.mobilenet4j.app.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/// Places labels beside points of a chart where they cover least of its points, lines and other labels.
final class ChartLabels {
    /// Of the part of a chart that has points in it, about, in pixels.
    private static final double WIDE = 0.92 * 830;

    private static final double HIGH = 0.92 * 487;

    /// Of a label's letters, in pixels.
    private static final double LETTER = 6.2;

    private static final double LINE = 12;

    /// Between a point and its label, and between what a line or a bar is taken for.
    private static final double GAP = 5;

    /// Another label below one is worse than so many pieces of a line.
    private static final int LABEL = 10;

    /// Where a label may be, seen from its point: in its own widths and in lines, the best first.
    private static final double[][] PLACES = {
        {0, -1},
        {-0.5, -0.8},
        {0.5, 0.8},
        {0, 1},
        {0.5, -0.8},
        {-0.5, 0.8},
        {-0.5, 0},
        {0.5, 0},
        {0, -2},
        {0, 2},
        {-0.7, -1.8},
        {0.7, 1.8},
        {0, -3},
        {0, 3}
    };

    /// @param x of its middle, in pixels, as are all
    record Box(double x, double y, double wide, double high) {
        boolean meets(Box other) {
            return Math.abs(x - other.x) < (wide + other.wide) / 2 && Math.abs(y - other.y) < (high + other.high) / 2;
        }

        boolean isInside() {
            return x - wide / 2 > -WIDE / 25 && x + wide / 2 < WIDE * 1.04 && y > -HIGH / 25 && y < HIGH * 1.04;
        }
    }

    private final XYChart chart;
    private final double left;
    private final double width;
    private final double bottom;
    private final double height;
    private final List<Box> taken = new ArrayList<>();
    private final List<Box> labels = new ArrayList<>();

    /// @param chart with all its series, and a least and largest x
    ChartLabels(XYChart chart) {
        this.chart = chart;
        var styler = chart.getStyler();
        this.left = styler.getXAxisMin();
        this.width = styler.getXAxisMax() - left;
        var all = chart.getSeriesMap().values().stream()
                .flatMapToDouble(ChartLabels::reach)
                .toArray();
        double top = DoubleStream.of(all).max().orElse(1);
        this.bottom = DoubleStream.of(all).min().orElse(0);
        this.height = Math.max(top - bottom, 1e-9);
        styler.setYAxisMin(bottom).setYAxisMax(bottom + height);
        chart.getSeriesMap().values().forEach(this::take);
    }

    /// All that a series shows, on the y axis.
    private static DoubleStream reach(XYSeries series) {
        var bars = series.getExtraValues();
        var values = series.getYData();
        return IntStream.range(0, values.length).mapToDouble(i -> i).flatMap(i -> {
            double bar = bars == null || Double.isNaN(bars[(int) i]) ? 0 : bars[(int) i];
            return DoubleStream.of(values[(int) i] - bar, values[(int) i] + bar);
        });
    }

    private void take(XYSeries series) {
        var xs = series.getXData();
        var ys = series.getYData();
        var bars = series.getExtraValues();
        boolean isLine = series.getXYSeriesRenderStyle() == XYSeries.XYSeriesRenderStyle.Line;
        for (int i = 0; i < xs.length; i++) {
            double x = x(xs[i]);
            double y = y(ys[i]);
            take(x, y, x, y);
            if (bars != null && !Double.isNaN(bars[i])) {
                take(x, y(ys[i] - bars[i]), x, y(ys[i] + bars[i]));
            }
            if (isLine && i > 0) {
                take(x(xs[i - 1]), y(ys[i - 1]), x, y);
            }
        }
    }

    private void take(double x, double y, double toX, double toY) {
        int steps = (int) (Math.hypot(toX - x, toY - y) / GAP);
        for (int i = 0; i <= steps; i++) {
            double share = steps == 0 ? 0 : (double) i / steps;
            taken.add(new Box(x + share * (toX - x), y + share * (toY - y), GAP, GAP));
        }
    }

    private double x(double value) {
        return (value - left) / width * WIDE;
    }

    private double y(double value) {
        return (bottom + height - value) / height * HIGH;
    }

    /// Writes `text` beside the point at `x` and `y`.
    ///
    /// @return where
    Box place(String text, double x, double y) {
        double wide = text.length() * LETTER;
        var best = new Box(x(x), y(y), wide, LINE);
        long fewest = Long.MAX_VALUE;
        for (var place : PLACES) {
            var box = new Box(x(x) + place[0] * (wide + 3 * GAP), y(y) + place[1] * (LINE + GAP / 2), wide + GAP, LINE);
            long covered = covered(box);
            if (covered < fewest && box.isInside()) {
                fewest = covered;
                best = box;
            }
        }
        labels.add(best);
        chart.addAnnotation(new AnnotationText(
                text, left + best.x / WIDE * width, bottom + height - best.y / HIGH * height, false));
        return best;
    }

    /// How much of the points and lines lies under a box, and of other labels.
    long covered(Box box) {
        return taken.stream().filter(box::meets).count()
                + labels.stream()
                                .filter(label -> !label.equals(box) && box.meets(label))
                                .count()
                        * LABEL;
    }
}
