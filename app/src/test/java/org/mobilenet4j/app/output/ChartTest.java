package org.mobilenet4j.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYSeries;

class ChartTest {
    @Test
    void ticksOfALogarithmicAxisAreRound() {
        var chart = Chart.logarithmic("accuracy by mult-adds", "mult-adds", "top-1, %", 41, 569);
        var styler = chart.getStyler();
        var label = styler.getxAxisTickLabelsFormattingFunction();

        assertThat(chart.getTitle()).isEqualTo("accuracy by mult-adds");
        assertThat(styler.getXAxisMin()).isEqualTo(Chart.doublings(40));
        assertThat(styler.getXAxisMax()).isEqualTo(Chart.doublings(640));
        assertThat(label.apply(Chart.doublings(40))).isEqualTo("40");
        assertThat(label.apply(Chart.doublings(320))).isEqualTo("320");
        assertThat(label.apply(Chart.doublings(1.25))).isEqualTo("1.25");
        assertThat(label.apply(Chart.doublings(50))).isBlank();
    }

    /// Two points that are almost one, on a line that rises.
    @Test
    void labelsAreApartFromEachOtherAndFromTheLine() {
        double[] x = {1, 2, 2.03, 3};
        double[] y = {50, 60, 60.3, 70};
        var chart = Chart.logarithmic("t", "x", "y", 10, 40);
        chart.addSeries("front", x, y).setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        var labels = new ArrayList<Chart.Label>();
        for (int i = 0; i < x.length; i++) {
            labels.add(new Chart.Label("0.75_22" + i, x[i], y[i]));
        }

        var placed = new ChartLabels(chart);
        var boxes = labels.stream()
                .map(label -> placed.place(label.text(), label.x(), label.y()))
                .toList();

        for (var box : boxes) {
            assertThat(boxes.stream().filter(box::meets)).containsExactly(box);
            assertThat(placed.covered(box)).isZero();
        }
    }

    @Test
    void oneValueHasAnAxisToo() {
        var styler = Chart.logarithmic("one", "x", "y", 10).getStyler();
        assertThat(styler.getXAxisMax() - styler.getXAxisMin()).isEqualTo(1);
    }
}
