package org.mobilenet4j.detect.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.detect.SsdAnchors;
import org.mobilenet4j.detect.train.FittedAnchors.Size;
import org.mobilenet4j.tensor.Shape;

class FittedAnchorsTest {
    private static final List<Shape> MAPS =
            List.of(new Shape(10, 10, 8), new Shape(5, 5, 8), new Shape(3, 3, 8), new Shape(1, 1, 8));

    /// Three kinds of small objects, and a large one that is seldom.
    @Test
    void anchorsHaveTheSizesOfTheObjects() {
        var random = new SplittableRandom(1);
        var kinds = List.of(new Size(0.05, 0.04), new Size(0.2, 0.1), new Size(0.1, 0.25));
        var objects = new ArrayList<Size>();
        for (int i = 0; i < 300; i++) {
            var kind = kinds.get(i % 3);
            double change = random.nextDouble(0.9, 1.1);
            objects.add(new Size(kind.height() * change, kind.width() * random.nextDouble(0.9, 1.1)));
        }
        objects.add(new Size(0.9, 0.9));
        var fitted = FittedAnchors.of(MAPS, objects);
        var usual = SsdAnchors.of(MAPS);
        for (int i = 0; i < 3; i++) {
            int anchor = i;
            assertThat(kinds).anySatisfy(kind -> {
                assertThat(fitted.get(4 * anchor + 2)).isCloseTo((float) kind.height(), within(0.01f));
                assertThat(fitted.get(4 * anchor + 3)).isCloseTo((float) kind.width(), within(0.01f));
            });
        }
        assertThat(fitted.dims()).isEqualTo(usual.dims());
        for (int i = 0; i < usual.size(); i++) {
            boolean isSize = i % 4 >= 2;
            if (!isSize || i >= 4 * SsdAnchors.counts(MAPS).getFirst()) {
                assertThat(fitted.get(i)).isEqualTo(usual.get(i));
            }
        }
    }

    @Test
    void withFewObjectsTheyAreThoseOfSsd() {
        assertThat(FittedAnchors.of(MAPS, List.of(new Size(0.1, 0.1))).toArray())
                .isEqualTo(SsdAnchors.of(MAPS).toArray());
    }
}
