package org.mobilenet4j.detect.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mobilenet4j.detect.measure.Marked.found;
import static org.mobilenet4j.detect.measure.Marked.truth;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.data.box.ObjectBox.Kind;
import org.mobilenet4j.error.BadValueException;

/// Cases worked by hand.
class VocEvaluationTest {
    private static final Offset<Double> NEAR = within(1e-12);

    private static Marked rightWrongRight() {
        return new Marked()
                .photo(List.of(truth(0, 50, 50)), found(0.9f, 0, 50, 50), found(0.8f, 200, 50, 50))
                .photo(List.of(truth(0, 50, 50)), found(0.7f, 0, 50, 50));
    }

    /// Recalls 0, .1, ... .5 have precision 1, the other five 2/3.
    @Test
    void elevenPoints() {
        assertThat(rightWrongRight().voc(VocRule.ELEVEN_POINTS).map()).isEqualTo((6 + 5 * 2 / 3.0) / 11, NEAR);
    }

    /// Half of the area has precision 1, the other half 2/3.
    @Test
    void allPoints() {
        var evaluation = rightWrongRight().voc(VocRule.ALL_POINTS);

        assertThat(evaluation.map()).isEqualTo((1 + 2 / 3.0) / 2, NEAR);
        assertThat(evaluation.classes().getFirst().objects()).isEqualTo(2);
        assertThat(evaluation.classes().getFirst().curve().points())
                .containsExactly(
                        new PrecisionRecall.Point(0.5, 1, 0.9f),
                        new PrecisionRecall.Point(0.5, 0.5, 0.8f),
                        new PrecisionRecall.Point(1, 2 / 3.0, 0.7f));
        assertThat(evaluation.classes().getLast().ap()).isNaN();
    }

    /// Precisions are 0, 1/2 and 2/3; the last is the highest at any recall.
    @ParameterizedTest
    @EnumSource(VocRule.class)
    void precisionIsTheHighestAtThatRecallOrAHigherOne(VocRule rule) {
        var marked = new Marked()
                .photo(List.of(truth(0, 50, 50)), found(0.9f, 200, 50, 50), found(0.8f, 0, 50, 50))
                .photo(List.of(truth(0, 50, 50)), found(0.7f, 0, 50, 50));

        assertThat(marked.voc(rule).map()).isEqualTo(2 / 3.0, NEAR);
    }

    /// The detection is one half of the object, an overlap of .5.
    @Test
    void anOverlapOfAHalfIsEnough() {
        assertThat(new Marked()
                        .photo(List.of(truth(0, 10, 20)), found(0.9f, 0, 10, 10))
                        .voc(VocRule.ALL_POINTS)
                        .map())
                .isEqualTo(1);
    }

    /// The second overlaps the object that is taken by 45/55 and the free one by 30/70: it is compared
    /// with the former alone. COCO's rule would give it the free one at an overlap of .4.
    @Test
    void onlyTheTruthThatIsOverlappedMostIsCompared() {
        var marked = new Marked()
                .photo(List.of(truth(0, 10, 50), truth(25, 10, 50)), found(0.9f, 0, 10, 50), found(0.8f, 5, 10, 50));
        var found = List.of(List.of(found(0.9f, 0, 10, 50), found(0.8f, 5, 10, 50)));

        var evaluation = VocEvaluation.of(marked.annotations(), found, VocRule.ALL_POINTS, 0.4);

        assertThat(evaluation.map()).isEqualTo(0.5);
    }

    @Test
    void whatIsDifficultCountsNeitherForNorAgainst() {
        var evaluation = new Marked()
                .photo(
                        List.of(truth(100, 50, 50, Kind.DIFFICULT), truth(0, 50, 50)),
                        found(0.9f, 100, 50, 50),
                        found(0.8f, 100, 50, 50),
                        found(0.7f, 0, 50, 50))
                .voc(VocRule.ELEVEN_POINTS);

        assertThat(evaluation.map()).isEqualTo(1, NEAR);
        assertThat(evaluation.classes().getFirst().objects()).isEqualTo(1);
    }

    @Test
    void nothingFoundIsZeroAndNothingToFindIsNaN() {
        assertThat(new Marked()
                        .photo(List.of(truth(0, 50, 50)))
                        .voc(VocRule.ALL_POINTS)
                        .map())
                .isZero();
        assertThat(new Marked()
                        .photo(List.of(), found(0.3f, 0, 50, 50))
                        .voc(VocRule.ELEVEN_POINTS)
                        .map())
                .isNaN();
    }

    @Test
    void anOverlapIsAShare() {
        var annotations = new Marked().photo(List.of()).annotations();

        assertThatThrownBy(() -> VocEvaluation.of(annotations, List.of(List.of()), VocRule.ALL_POINTS, Double.NaN))
                .isInstanceOf(BadValueException.class)
                .hasMessage("an overlap is from 0 to 1, not NaN");
    }
}
