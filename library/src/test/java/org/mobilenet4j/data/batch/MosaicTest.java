package org.mobilenet4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.data.augment.PlacedBoxes;
import org.mobilenet4j.tensor.Shape;

class MosaicTest {
    private static final Shape INPUT = new Shape(20, 24, 3);
    private static final int COUNT = 9;

    /// Photo `i` is `i` everywhere, and all of it is one object of class `i`.
    private static Batch batch() {
        var batch = Batch.ofBoxes(COUNT, INPUT.elements(), 1);
        batch.begin(0, 0, COUNT);
        for (int i = 0; i < COUNT; i++) {
            Arrays.fill(batch.images(), i * INPUT.elements(), (i + 1) * INPUT.elements(), i);
            batch.boxes(i).add(i, 0, 0, 1, 1);
        }
        return batch;
    }

    @Test
    void aPhotoShowsAQuarterOfFour() {
        var batch = batch();
        new Mosaic(1, INPUT).apply(batch, new SplittableRandom(2));
        for (int i = 0; i < 8; i++) {
            var boxes = batch.boxes(i);
            assertThat(boxes.count()).isEqualTo(4);
            float area = 0;
            for (int q = 0; q < 4; q++) {
                int shown = i / 4 * 4 + (i + q) % 4;
                float own = (boxes.y1(q) - boxes.y0(q)) * (boxes.x1(q) - boxes.x0(q));
                assertThat(boxes.label(q)).isEqualTo(own >= 0.5f ? shown : PlacedBoxes.IGNORED);
                assertThat(pixels(batch, i, boxes, q)).containsOnly(shown);
                area += own;
            }
            assertThat(area).isCloseTo(1, within(1e-5f));
        }
        // The ninth has no three others.
        assertThat(batch.boxes(8).count()).isEqualTo(1);
    }

    private static float[] pixels(Batch batch, int photo, PlacedBoxes boxes, int q) {
        int top = Math.round(boxes.y0(q) * INPUT.height());
        int bottom = Math.round(boxes.y1(q) * INPUT.height());
        int left = Math.round(boxes.x0(q) * INPUT.width());
        int right = Math.round(boxes.x1(q) * INPUT.width());
        var pixels = new float[(bottom - top) * (right - left) * 3];
        for (int y = top; y < bottom; y++) {
            int from = photo * INPUT.elements() + 3 * (y * INPUT.width() + left);
            System.arraycopy(batch.images(), from, pixels, (y - top) * (right - left) * 3, 3 * (right - left));
        }
        return pixels;
    }

    @Test
    void withoutProbabilityNothingChanges() {
        var batch = batch();
        new Mosaic(0, INPUT).apply(batch, new SplittableRandom(2));
        for (int i = 0; i < COUNT; i++) {
            assertThat(batch.boxes(i).count()).isEqualTo(1);
            assertThat(batch.images()[i * INPUT.elements() + 7]).isEqualTo(i);
        }
    }
}
