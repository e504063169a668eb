package org.mobilenet4j.detect.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Figures that COCO's reference implementation computed; `reference.py` beside them says how.
class CocoReferenceTest {
    /// Sums are added up in another order.
    private static final Offset<Double> ROUNDING = within(1e-12);

    private static final Object FIGURES = CocoFiles.json("figures.json");

    @ParameterizedTest
    @ValueSource(strings = {"pixels", "crowds", "classes", "good"})
    void figuresAreThoseOfTheReference(String set) {
        var files = CocoFiles.read(set);
        var reference = CocoFiles.in(FIGURES, set);

        var evaluation = CocoEvaluation.of(files.annotations(), files.found());

        check(evaluation.figures(), CocoFiles.in(reference, "all"));
        var classes = CocoFiles.list(reference, "classes");
        assertThat(evaluation.classes()).hasSameSizeAs(classes);
        for (int i = 0; i < classes.size(); i++) {
            check(evaluation.classes().get(i).figures(), classes.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pixels", "crowds", "classes", "good"})
    void curvesAreThoseOfTheReference(String set) {
        var files = CocoFiles.read(set);
        var reference = CocoFiles.list(CocoFiles.in(FIGURES, set), "curves");

        var curves = CocoEvaluation.of(files.annotations(), files.found())
                .classes()
                .getFirst()
                .curves();

        for (int i = 0; i < 2; i++) {
            var points = curves.get(5 * i).points();
            var values = (List<?>) reference.get(i);
            var precisions = CocoFiles.numbers(values.get(0));
            var scores = CocoFiles.numbers(values.get(1));
            assertThat(points).hasSize(101);
            for (int j = 0; j < 101; j++) {
                assertThat(points.get(j).recall()).isEqualTo(j * 0.01, within(1e-15));
                assertThat(points.get(j).precision()).isEqualTo(precisions[j], ROUNDING);
                assertThat(points.get(j).score()).isEqualTo((float) scores[j]);
            }
        }
    }

    private static void check(CocoFigures own, Object figures) {
        var reference = CocoFiles.numbers(figures);
        double[] values = {
            own.ap(),
            own.ap50(),
            own.ap75(),
            own.apSmall(),
            own.apMedium(),
            own.apLarge(),
            own.ar1(),
            own.ar10(),
            own.ar100(),
            own.arSmall(),
            own.arMedium(),
            own.arLarge()
        };
        for (int i = 0; i < values.length; i++) {
            assertThat(Double.isNaN(values[i]) ? -1 : values[i])
                    .as("figure %d", i)
                    .isEqualTo(reference[i], ROUNDING);
        }
    }
}
