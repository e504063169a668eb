package org.mobilenet4j.detect.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.data.augment.PlacedBoxes;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.detect.BoxCoder;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Suppression;
import org.mobilenet4j.tensor.Tensor;

class AnchorMatcherTest {
    /// Left half, right half, and the middle: a column of half the width.
    private static final float[] ANCHORS = {
        0.5f, 0.25f, 1, 0.5f,
        0.5f, 0.75f, 1, 0.5f,
        0.5f, 0.5f, 1, 0.5f
    };

    private static BoxOutputs boxes(float... anchors) {
        int count = anchors.length / 4;
        return new BoxOutputs(
                List.of(count),
                Tensor.of(anchors, count, 4),
                BoxCoder.SSD_SCALES,
                2,
                true,
                BoxOutputs.Scores.LOGITS,
                Suppression.SSD);
    }

    private static float[] row(BoxOutputs outputs, PlacedBoxes boxes) {
        var matcher = new AnchorMatcher(outputs);
        var row = new float[matcher.values() + 2];
        java.util.Arrays.fill(row, Float.NaN);
        matcher.encode(boxes, row, 1);
        assertThat(row[0]).isNaN();
        assertThat(row[row.length - 1]).isNaN();
        return java.util.Arrays.copyOfRange(row, 1, row.length - 1);
    }

    private static int[] labels(float[] row) {
        var labels = new int[(row.length - 1) / 5];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (int) row[TargetRow.label(i)];
        }
        return labels;
    }

    @Test
    void anAnchorFindsWhatOverlapsItByHalfOrMore() {
        var boxes = new PlacedBoxes();
        boxes.add(1, 0, 0, 1, 0.5f);
        var row = row(boxes(ANCHORS), boxes);
        // The middle shares a third with it.
        assertThat(labels(row)).containsExactly(1, TargetRow.BACKGROUND, TargetRow.BACKGROUND);
        assertThat(row[0]).isEqualTo(1);
        for (int i = 0; i < 4; i++) {
            assertThat(row[TargetRow.encoding(0) + i]).isCloseTo(0, within(1e-6f));
        }
    }

    @Test
    void everyObjectIsFoundByTheBestAnchorThatIsLeft() {
        var boxes = new PlacedBoxes();
        // Both overlap the first anchor most, and by little.
        boxes.add(0, 0, 0, 0.2f, 0.2f);
        boxes.add(1, 0.5f, 0.1f, 0.6f, 0.3f);
        var row = row(boxes(ANCHORS), boxes);
        assertThat(labels(row)).containsExactly(0, TargetRow.BACKGROUND, 1);
        assertThat(row[0]).isEqualTo(2);
    }

    @Test
    void whatIsIgnoredIsNeitherObjectNorBackground() {
        var boxes = new PlacedBoxes();
        boxes.add(PlacedBoxes.IGNORED, 0, 0.5f, 1, 1);
        var row = row(boxes(ANCHORS), boxes);
        assertThat(labels(row)).containsExactly(TargetRow.BACKGROUND, TargetRow.IGNORED, TargetRow.BACKGROUND);
        assertThat(row[0]).isZero();
    }

    @Test
    void aPhotoWithoutObjectsIsBackground() {
        var row = row(boxes(ANCHORS), new PlacedBoxes());
        assertThat(labels(row)).containsOnly(TargetRow.BACKGROUND);
        assertThat(row[0]).isZero();
    }

    /// What the targets say, decoded, are the objects.
    @Test
    void encodingsAreThoseOfTheObjects() {
        var random = new SplittableRandom(3);
        for (int n = 0; n < 50; n++) {
            var anchors = new float[40 * 4];
            for (int i = 0; i < anchors.length; i++) {
                anchors[i] = (float) random.nextDouble(i % 4 < 2 ? 0 : 0.05, i % 4 < 2 ? 1 : 0.6);
            }
            var outputs = boxes(anchors);
            var boxes = new PlacedBoxes();
            for (int i = 0; i < 5; i++) {
                float y = (float) random.nextDouble(0.6);
                float x = (float) random.nextDouble(0.6);
                boxes.add(
                        i % 2, y, x, y + (float) random.nextDouble(0.1, 0.4), x + (float) random.nextDouble(0.1, 0.4));
            }
            check(row(outputs, boxes), outputs, boxes);
        }
    }

    private static void check(float[] row, BoxOutputs outputs, PlacedBoxes boxes) {
        var coder = new BoxCoder(outputs.anchors(), outputs.scales());
        var found = new boolean[boxes.count()];
        int matches = 0;
        for (int anchor = 0; anchor < outputs.count(); anchor++) {
            int label = (int) row[TargetRow.label(anchor)];
            float most = 0;
            var own = coder.decode(new float[4], 0, anchor);
            for (int i = 0; i < boxes.count(); i++) {
                most = Math.max(most, own.overlap(box(boxes, i)));
            }
            if (label == TargetRow.BACKGROUND) {
                assertThat(most).isLessThan(AnchorMatcher.LEAST);
                continue;
            }
            matches++;
            var decoded = coder.decode(row, TargetRow.encoding(anchor), anchor);
            for (int i = 0; i < boxes.count(); i++) {
                if (decoded.overlap(box(boxes, i)) > 0.999f) {
                    assertThat(label).isEqualTo(boxes.label(i));
                    found[i] = true;
                }
            }
        }
        assertThat(row[0]).isEqualTo(matches);
        assertThat(found).containsOnly(true);
    }

    private static Box box(PlacedBoxes boxes, int i) {
        return new Box(boxes.y0(i), boxes.x0(i), boxes.y1(i), boxes.x1(i));
    }
}
