package org.mobilenet4j.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.data.Target;
import org.mobilenet4j.data.Target.Mark;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.tensor.Shape;

class BoxAugmenterTest {
    private static final int HEIGHT = 90;
    private static final int WIDTH = 120;
    private static final Shape INPUT = new Shape(60, 72, 3);
    private static final Preprocessing PLAIN = new Preprocessing(0.9, Resize.HALF_PIXEL, Normalization.SIGNED);
    private static final BoxAugmentation EVERYTHING =
            BoxAugmentation.SSD.withFlips(0.5, 0.5).withColor(ColorJitter.NONE);

    private static Image white(Mark mark) {
        var rgb = new byte[3 * HEIGHT * WIDTH];
        for (int y = (int) mark.y0(); y < mark.y1(); y++) {
            int row = 3 * y * WIDTH;
            Arrays.fill(rgb, row + 3 * (int) mark.x0(), row + 3 * (int) mark.x1(), (byte) 255);
        }
        return new Image(HEIGHT, WIDTH, rgb);
    }

    private static Mark mark(SplittableRandom random, boolean isIgnored) {
        int top = random.nextInt(HEIGHT - 40);
        int left = random.nextInt(WIDTH - 40);
        return new Mark(2, isIgnored, top, left, top + 20 + random.nextInt(20), left + 20 + random.nextInt(20));
    }

    /// A white rectangle on black is where its box says, whatever was done to the photo.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void boxesFollowTheirObjects(boolean padsToSquare) {
        var augmenter = new BoxAugmenter(EVERYTHING, PLAIN.withPadsToSquare(padsToSquare), INPUT);
        var inputs = new float[INPUT.elements() + 5];
        var boxes = new PlacedBoxes();
        int cropped = 0;
        for (int seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var mark = mark(random, false);
            augmenter.apply(white(mark), new Target.Boxes(List.of(mark)), random, inputs, 5, boxes);
            assertThat(boxes.count()).as("seed " + seed).isEqualTo(1);
            var seen = seen(inputs, 5);
            float[] said = {boxes.y0(0), boxes.x0(0), boxes.y1(0), boxes.x1(0)};
            for (int i = 0; i < 4; i++) {
                assertThat(said[i]).as("edge " + i + ", seed " + seed).isCloseTo(seen[i], within(0.035f));
            }
            cropped += boxes.label(0) == PlacedBoxes.IGNORED ? 1 : 0;
        }
        assertThat(cropped).isBetween(1, 60);
    }

    /// Edges of what is white, as shares.
    private static float[] seen(float[] inputs, int offset) {
        float[] seen = {1, 1, 0, 0};
        for (int y = 0; y < INPUT.height(); y++) {
            for (int x = 0; x < INPUT.width(); x++) {
                if (inputs[offset + 3 * (y * INPUT.width() + x)] > 0) {
                    seen[0] = Math.min(seen[0], (float) y / INPUT.height());
                    seen[1] = Math.min(seen[1], (float) x / INPUT.width());
                    seen[2] = Math.max(seen[2], (y + 1f) / INPUT.height());
                    seen[3] = Math.max(seen[3], (x + 1f) / INPUT.width());
                }
            }
        }
        return seen;
    }

    @Test
    void withoutAugmentationThePhotoIsWhole() {
        var augmenter = new BoxAugmenter(BoxAugmentation.NONE, PLAIN, INPUT);
        var boxes = new PlacedBoxes();
        var mark = new Mark(1, false, 0, 30, 45, 120);
        augmenter.apply(
                white(mark),
                new Target.Boxes(List.of(mark, new Mark(0, true, 10, 10, 20, 20))),
                new SplittableRandom(1),
                new float[INPUT.elements()],
                0,
                boxes);
        assertThat(List.of(boxes.y0(0), boxes.x0(0), boxes.y1(0), boxes.x1(0))).containsExactly(0f, 0.25f, 0.5f, 1f);
        assertThat(List.of(boxes.label(0), boxes.label(1))).containsExactly(1, PlacedBoxes.IGNORED);
    }

    /// Boxes are shares of what the network sees: a square, whose lower quarter is black.
    @Test
    void aPaddedPhotosBoxesAreThoseOfTheSquare() {
        var augmenter = new BoxAugmenter(BoxAugmentation.NONE, PLAIN.withPadsToSquare(true), INPUT);
        var boxes = new PlacedBoxes();
        var mark = new Mark(1, false, 0, 30, 45, 120);
        augmenter.apply(
                white(mark),
                new Target.Boxes(List.of(mark)),
                new SplittableRandom(1),
                new float[INPUT.elements()],
                0,
                boxes);
        assertThat(List.of(boxes.y0(0), boxes.x0(0), boxes.y1(0), boxes.x1(0))).containsExactly(0f, 0.25f, 0.375f, 1f);
    }

    /// Each crop keeps what it was drawn to keep, and some keep all of an object.
    @Test
    void cropsKeepAnObject() {
        var photo = new Image(HEIGHT, WIDTH, new byte[3 * HEIGHT * WIDTH]);
        int partial = 0;
        for (int seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            var marks = List.of(mark(random, false), mark(random, false));
            var crop = ObjectCrop.SSD.draw(photo, marks, random);
            boolean isKept = marks.stream()
                    .anyMatch(mark -> mark.y0() < crop.top() + crop.height()
                            && mark.y1() > crop.top()
                            && mark.x0() < crop.left() + crop.width()
                            && mark.x1() > crop.left());
            assertThat(isKept).isTrue();
            partial += crop.height() < HEIGHT ? 1 : 0;
        }
        assertThat(partial).isBetween(150, 290);
    }

    @Test
    void badSettingsAreExplained() {
        assertThatThrownBy(() -> BoxAugmentation.SSD.withMosaic(2))
                .isInstanceOf(BadValueException.class)
                .hasMessage("the probability of a mosaic must lie between 0 and 1, not at 2.0");
    }
}
