package org.mobilenet4j.detect.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mobilenet4j.detect.measure.Marked.at;
import static org.mobilenet4j.detect.measure.Marked.found;
import static org.mobilenet4j.detect.measure.Marked.truth;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.data.box.ObjectBox;
import org.mobilenet4j.data.box.ObjectBox.Kind;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.error.BadValueException;

/// Cases worked by hand.
class CocoEvaluationTest {
    private static final Offset<Double> NEAR = within(1e-12);

    @Test
    void whatIsFoundExactlyIsWorthOne() {
        var figures = new Marked()
                .photo(List.of(truth(0, 50, 50)), found(0.3f, 0, 50, 50))
                .coco();

        assertThat(figures.ap()).isEqualTo(1, NEAR);
        assertThat(figures.apMedium()).isEqualTo(1, NEAR);
        assertThat(figures.ar1()).isEqualTo(1, NEAR);
        assertThat(figures.apSmall()).isNaN();
        assertThat(figures.arLarge()).isNaN();
    }

    @Test
    void nothingFoundIsZeroAndNothingToFindIsNaN() {
        var nothingFound = new Marked().photo(List.of(truth(0, 50, 50))).coco();
        var nothingThere = new Marked().photo(List.of(), found(0.3f, 0, 50, 50)).coco();

        assertThat(nothingFound.ap()).isZero();
        assertThat(nothingFound.ar100()).isZero();
        assertThat(nothingThere.ap()).isNaN();
        assertThat(nothingThere.ar100()).isNaN();
    }

    /// The detection is one half of the object: an overlap of .5, which is the first threshold, and no
    /// other.
    @Test
    void anOverlapOfTheThresholdIsEnough() {
        var figures = new Marked()
                .photo(List.of(truth(0, 10, 20)), found(0.9f, 0, 10, 10))
                .coco();

        assertThat(figures.ap50()).isEqualTo(1, NEAR);
        assertThat(figures.ap75()).isZero();
        assertThat(figures.ap()).isEqualTo(0.1, NEAR);
        assertThat(figures.ar100()).isEqualTo(0.1, NEAR);
    }

    /// Recalls 0 to .5 have precision 1, the other fifty 2/3.
    @Test
    void precisionIsTheHighestAtThatRecallOrAHigherOne() {
        var figures = new Marked()
                .photo(List.of(truth(0, 50, 50)), found(0.9f, 0, 50, 50), found(0.8f, 200, 50, 50))
                .photo(List.of(truth(0, 50, 50)), found(0.7f, 0, 50, 50))
                .coco();

        assertThat(figures.ap()).isEqualTo((51 + 50 * 2 / 3.0) / 101, NEAR);
        assertThat(figures.ar1()).isEqualTo(1, NEAR);
    }

    @Test
    void equalScoresCountInTheOrderOfThePhotos() {
        var right = new Marked()
                .photo(List.of(truth(0, 50, 50)), found(0.9f, 0, 50, 50))
                .photo(List.of(), found(0.9f, 0, 50, 50));
        var wrong = new Marked()
                .photo(List.of(), found(0.9f, 0, 50, 50))
                .photo(List.of(truth(0, 50, 50)), found(0.9f, 0, 50, 50));

        assertThat(right.coco().ap()).isEqualTo(1, NEAR);
        assertThat(wrong.coco().ap()).isEqualTo(0.5, NEAR);
    }

    @Test
    void anObjectIsFoundOnce() {
        var figures = new Marked()
                .photo(
                        List.of(truth(0, 50, 50), truth(200, 50, 50)),
                        found(0.9f, 0, 50, 50),
                        found(0.8f, 0, 50, 50),
                        found(0.7f, 200, 50, 50))
                .coco();

        assertThat(figures.ap50()).isEqualTo((51 + 50 * 2 / 3.0) / 101, NEAR);
        assertThat(figures.ar1()).isEqualTo(0.5, NEAR);
        assertThat(figures.ar10()).isEqualTo(1, NEAR);
    }

    /// Three boxes in a crowd, each a hundredth of it, count neither for nor against; what is outside
    /// counts against.
    @Test
    void aCrowdIsFoundAnyNumberOfTimes() {
        var crowd = truth(100, 100, 100, Kind.CROWD);
        Detection[] inside = {
            found(0.9f, 100, 10, 10), found(0.8f, 120, 10, 10), found(0.7f, 140, 10, 10), found(0.6f, 0, 10, 10)
        };
        var figures =
                new Marked().photo(List.of(crowd, truth(0, 10, 10)), inside).coco();
        var outside = new Marked()
                .photo(List.of(crowd, truth(0, 10, 10)), found(0.9f, 92, 10, 10), found(0.6f, 0, 10, 10))
                .coco();

        assertThat(figures.ap()).isEqualTo(1, NEAR);
        assertThat(outside.ap()).isEqualTo(0.5, NEAR);
    }

    /// The first is neither right nor wrong, the second is wrong.
    @Test
    void aDifficultObjectIsFoundOnce() {
        var figures = new Marked()
                .photo(
                        List.of(truth(100, 50, 50, Kind.DIFFICULT), truth(0, 50, 50)),
                        found(0.9f, 100, 50, 50),
                        found(0.8f, 100, 50, 50),
                        found(0.7f, 0, 50, 50))
                .coco();

        assertThat(figures.ap()).isEqualTo(0.5, NEAR);
    }

    /// 32 x 32 pixels belong to both sides.
    @Test
    void boundsOfSizesBelongToBothSides() {
        var figures = new Marked()
                .photo(List.of(truth(0, 32, 32)), found(0.9f, 0, 32, 32))
                .coco();

        assertThat(figures.apSmall()).isEqualTo(1, NEAR);
        assertThat(figures.apMedium()).isEqualTo(1, NEAR);
        assertThat(figures.apLarge()).isNaN();
    }

    /// An object is as large as its outline. A large box that finds it is right; a large box that finds
    /// nothing is no mistake among small objects.
    @Test
    void sizeIsThatOfTheOutline() {
        var outlined = new ObjectBox(0, at(0, 200, 200), 900, Kind.COUNTED);
        var figures = new Marked()
                .photo(List.of(outlined), found(0.9f, 300, 200, 200), found(0.8f, 0, 200, 200))
                .coco();

        assertThat(figures.ap()).isEqualTo(0.5, NEAR);
        assertThat(figures.apSmall()).isEqualTo(1, NEAR);
        assertThat(figures.apLarge()).isNaN();
    }

    @Test
    void aHundredDetectionsOfAPhotoCount() {
        var last = new Marked()
                .photo(
                        List.of(truth(0, 10, 10)),
                        IntStream.rangeClosed(0, 100)
                                .mapToObj(i -> i == 100 ? found(0.1f, 0, 10, 10) : found(0.9f, 50, 10, 10))
                                .toArray(Detection[]::new))
                .coco();

        assertThat(last.ap()).isZero();
        assertThat(last.ar100()).isZero();
    }

    @Test
    void aClassWithoutObjectsIsLeftOutOfTheMean() {
        var marked = new Marked()
                .photo(List.of(truth(0, 50, 50)), found(0.9f, 0, 50, 50), new Detection(1, "b", 0.9f, at(0, 50, 50)));

        assertThat(marked.coco().ap()).isEqualTo(1, NEAR);
    }

    @Test
    void whatCannotBeMeasuredIsNamed() {
        var annotations = new Marked().photo(List.of()).annotations();

        assertThatThrownBy(() -> CocoEvaluation.of(annotations, List.of()))
                .isInstanceOf(BadValueException.class)
                .hasMessage("marked has 1 photo, and there are detections of 0; give a list for each photo, in their"
                        + " order");
        assertThatThrownBy(() -> new Marked()
                        .photo(List.of(), new Detection(2, "c", 0.5f, at(0, 1, 1)))
                        .coco())
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("class index 2, found in photo 0, is not below 2");
        assertThatThrownBy(() ->
                        new Marked().photo(List.of(), found(Float.NaN, 0, 1, 1)).coco())
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("photo 0 is not a number");
    }
}
