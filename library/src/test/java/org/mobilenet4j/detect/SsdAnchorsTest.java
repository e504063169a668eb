package org.mobilenet4j.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

class SsdAnchorsTest {
    private static final List<Shape> MAPS =
            SsdMobileNetV1.maps(SsdMobileNetV1.of(1, 300, 90).network());

    @Test
    void thereAre1917At300() {
        assertThat(SsdAnchors.counts(MAPS)).containsExactly(1083, 600, 150, 54, 24, 6);
        assertThat(SsdAnchors.of(MAPS).dims()).containsExactly(1917, 4);
    }

    /// Written by hand from TensorFlow's definition: scales .2, .35, .5, .65, .8, .95.
    @Test
    void liesWhereTensorFlowPutsThem() {
        check(0, 0.5 / 19, 0.5 / 19, 0.1, 0.1);
        check(1, 0.5 / 19, 0.5 / 19, 0.141421356, 0.282842712);
        check(2, 0.5 / 19, 0.5 / 19, 0.282842712, 0.141421356);
        check(3, 0.5 / 19, 1.5 / 19, 0.1, 0.1);
        check(19 * 3, 1.5 / 19, 0.5 / 19, 0.1, 0.1);
        check(1083, 0.05, 0.05, 0.35, 0.35);
        check(1084, 0.05, 0.05, 0.247487373, 0.494974747);
        check(1085, 0.05, 0.05, 0.494974747, 0.247487373);
        check(1086, 0.05, 0.05, 0.202072594, 0.606217783);
        check(1087, 0.05, 0.05, 0.35 / Math.sqrt(0.3333), 0.35 * Math.sqrt(0.3333));
        check(1088, 0.05, 0.05, 0.418330013, 0.418330013);
        check(1911, 0.5, 0.5, 0.95, 0.95);
        check(1916, 0.5, 0.5, 0.974679434, 0.974679434);
    }

    private static void check(int anchor, double... expected) {
        for (int i = 0; i < 4; i++) {
            assertThat((double) SsdAnchors.of(MAPS).get(anchor * 4 + i))
                    .as("value " + i + " of anchor " + anchor)
                    .isCloseTo(expected[i], within(1e-6));
        }
    }

    @Test
    void tooManyAreRefusedBeforeAnyIsMade() {
        assertThatThrownBy(() -> SsdAnchors.of(List.of(new Shape(4000, 4000, 1))))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("48000000 anchors");
    }
}
