package org.mobilenet4j.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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

    @Test
    void oneValueHasAnAxisToo() {
        var styler = Chart.logarithmic("one", "x", "y", 10).getStyler();
        assertThat(styler.getXAxisMax() - styler.getXAxisMin()).isEqualTo(1);
    }
}
