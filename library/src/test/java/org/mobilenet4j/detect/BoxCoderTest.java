package org.mobilenet4j.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.tensor.Tensor;

class BoxCoderTest {
    private static final Box FIRST = new Box(10, 10, 20, 15);
    private static final Box SECOND = new Box(0.2f, 0.1f, 0.5f, 0.4f);

    /// Of the corners 15, 12, 30, 18 and .1, 0, .7, .9.
    private static final Tensor ANCHORS = Tensor.of(new float[] {22.5f, 15, 15, 6, 0.4f, 0.45f, 0.6f, 0.9f}, 2, 4);

    /// By hand: the first box's center is 15, 12.5, its sides 10 and 5.
    @Test
    void encodesTheDifferenceFromTheAnchor() {
        var plain = new BoxCoder(ANCHORS, List.of(1f, 1f, 1f, 1f));
        check(plain, FIRST, 0, -0.5, -0.416667, Math.log(10 / 15.0), Math.log(5 / 6.0));
        check(plain, SECOND, 1, -0.083333, -0.222222, Math.log(0.3 / 0.6), Math.log(0.3 / 0.9));

        var scaled = new BoxCoder(ANCHORS, List.of(2f, 3f, 4f, 5f));
        check(scaled, FIRST, 0, -1, -1.25, -1.621860, -0.911608);
        check(scaled, SECOND, 1, -0.166667, -0.666667, -2.772589, -5.493061);
    }

    private static void check(BoxCoder coder, Box box, int anchor, double... expected) {
        var encodings = new float[6];
        coder.encode(box, anchor, encodings, 1);
        for (int i = 0; i < 4; i++) {
            assertThat((double) encodings[1 + i]).isCloseTo(expected[i], within(1e-6));
        }
        var decoded = coder.decode(encodings, 1, anchor);
        assertThat(decoded.y0()).isCloseTo(box.y0(), within(4e-6f));
        assertThat(decoded.x0()).isCloseTo(box.x0(), within(4e-6f));
        assertThat(decoded.y1()).isCloseTo(box.y1(), within(4e-6f));
        assertThat(decoded.x1()).isCloseTo(box.x1(), within(4e-6f));
    }

    /// The formula in double precision.
    @Test
    void decodesAsTensorFlowDoes() {
        var random = new Random(5);
        for (int run = 0; run < 1000; run++) {
            var anchor = new float[] {random.nextFloat(), random.nextFloat(), random.nextFloat(), random.nextFloat()};
            var coder = new BoxCoder(Tensor.of(anchor, 1, 4), BoxCoder.SSD_SCALES);
            var code = new float[4];
            for (int i = 0; i < 4; i++) {
                code[i] = random.nextFloat(-6, 6);
            }
            double y = code[0] / 10.0 * anchor[2] + anchor[0];
            double x = code[1] / 10.0 * anchor[3] + anchor[1];
            double h = Math.exp(code[2] / 5.0) * anchor[2];
            double w = Math.exp(code[3] / 5.0) * anchor[3];

            var box = coder.decode(code, 0, 0);

            assertThat((double) box.y0()).isCloseTo(y - h / 2, within(1e-6));
            assertThat((double) box.x0()).isCloseTo(x - w / 2, within(1e-6));
            assertThat((double) box.y1()).isCloseTo(y + h / 2, within(1e-6));
            assertThat((double) box.x1()).isCloseTo(x + w / 2, within(1e-6));
        }
    }

    @Test
    void anEmptyBoxHasAnEncoding() {
        var code = new float[4];
        new BoxCoder(ANCHORS, BoxCoder.SSD_SCALES).encode(new Box(0.1f, 0.1f, 0.1f, 0.1f), 1, code, 0);
        for (float value : code) {
            assertThat(value).isFinite();
        }
    }

    @Test
    void overlapIsIntersectionOverUnion() {
        var box = new Box(0, 0, 2, 2);
        assertThat(box.overlap(box)).isEqualTo(1);
        assertThat(box.overlap(new Box(1, 1, 3, 3))).isCloseTo(1 / 7f, within(1e-7f));
        assertThat(box.overlap(new Box(2, 0, 3, 2))).isZero();
        assertThat(box.overlap(new Box(1, 1, 1, 1))).isZero();
    }
}
