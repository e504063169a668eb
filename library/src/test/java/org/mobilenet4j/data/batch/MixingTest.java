package org.mobilenet4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.augment.Beta;
import org.mobilenet4j.tensor.Shape;

class MixingTest {
    private static final Shape INPUT = new Shape(10, 6, 2);

    /// Photo `i` is all `i`, of class `i`.
    private static Batch batch(int count) {
        var batch = new Batch(count, INPUT.elements(), 0, 5);
        batch.begin(0, 0, count);
        for (int i = 0; i < count; i++) {
            batch.label(i, i);
            Arrays.fill(batch.images(), i * INPUT.elements(), (i + 1) * INPUT.elements(), i);
        }
        return batch;
    }

    @Test
    void everyPhotoHasTheShareOfEachClassThatItsTargetSays() {
        for (int seed = 0; seed < 200; seed++) {
            for (double cutmix : new double[] {0, 1}) {
                var batch = batch(5);
                var augmentation = cutmix > 0 ? Augmentation.NONE.withCutmix(cutmix) : Augmentation.NONE.withMixup(0.4);
                new Mixing(augmentation, INPUT, INPUT, 5).apply(batch, new SplittableRandom(seed));
                for (int i = 0; i < 5; i++) {
                    float share = batch.targets()[i * 5 + i];
                    float other = i == 2 ? 0 : batch.targets()[i * 5 + 4 - i];
                    assertThat(share + other).isCloseTo(1, within(1e-6f));
                    double mean = 0;
                    for (int k = 0; k < INPUT.elements(); k++) {
                        mean += batch.images()[i * INPUT.elements() + k] / INPUT.elements();
                    }
                    assertThat(mean).isCloseTo(share * i + other * (4 - i), within(1e-5));
                    assertThat(batch.labels()[i]).isEqualTo(i);
                }
            }
        }
    }

    /// A share of the batches of the first epochs is mixed, and none after them.
    @Test
    void mixingHasAProbabilityAndAnEnd() {
        var mixing = new Mixing(Augmentation.NONE.withMixup(1).withMixing(0.25, 2), INPUT, INPUT, 5);
        int mixed = 0;
        for (int seed = 0; seed < 400; seed++) {
            var batch = batch(4);
            mixing.apply(batch, new SplittableRandom(seed));
            mixed += batch.targets()[0] == 1 ? 0 : 1;
            var late = batch(4);
            late.begin(2, 0, 4);
            mixing.apply(late, new SplittableRandom(seed));
            assertThat(late.targets()[0]).isEqualTo(1);
        }
        assertThat(mixed).isBetween(70, 130);
    }

    @Test
    void cutmixPutsARectangleOfOnePhotoInTheOther() {
        int cut = 0;
        for (int seed = 0; seed < 200; seed++) {
            var batch = batch(2);
            new Mixing(Augmentation.NONE.withCutmix(1), INPUT, INPUT, 5).apply(batch, new SplittableRandom(seed));
            int top = 10;
            int bottom = -1;
            int left = 6;
            int right = -1;
            int count = 0;
            for (int p = 0; p < INPUT.pixels(); p++) {
                assertThat(batch.images()[2 * p] + batch.images()[INPUT.elements() + 2 * p])
                        .isEqualTo(1);
                assertThat(batch.images()[2 * p]).isEqualTo(batch.images()[2 * p + 1]);
                if (batch.images()[2 * p] == 1) {
                    top = Math.min(top, p / 6);
                    bottom = Math.max(bottom, p / 6);
                    left = Math.min(left, p % 6);
                    right = Math.max(right, p % 6);
                    count++;
                }
            }
            if (count > 0) {
                assertThat(count).isEqualTo((bottom - top + 1) * (right - left + 1));
                cut++;
            }
        }
        assertThat(cut).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.2, 1, 8})
    void betaHasItsMeanAndVariance(double alpha) {
        var random = new SplittableRandom(1);
        double sum = 0;
        double squares = 0;
        int n = 100_000;
        for (int i = 0; i < n; i++) {
            double x = Beta.draw(alpha, random);
            assertThat(x).isBetween(0.0, 1.0);
            sum += x;
            squares += (x - 0.5) * (x - 0.5);
        }
        assertThat(sum / n).isCloseTo(0.5, within(0.006));
        assertThat(squares / n).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.002));
    }
}
