package org.mobilenet4j.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.model.Suppression;

class NonMaximumSuppressionTest {
    private static Suppression limits(boolean isPerClass, int most, int mostPerClass) {
        return new Suppression(0, 0.5f, most, isPerClass, mostPerClass, 1);
    }

    private static Candidates candidates(Random random, int count, int classes) {
        var candidates = new Candidates(count);
        for (int i = 0; i < count; i++) {
            float y = random.nextFloat();
            float x = random.nextFloat();
            candidates.place(i, new Box(y, x, y + random.nextFloat(), x + random.nextFloat()));
            candidates.add(random.nextInt(50) / 50f, i, random.nextInt(classes)); // equal scores too
        }
        return candidates;
    }

    /// As the literature has it, without shortcuts: of each class by falling score, then the best of all classes.
    private static List<Integer> plain(Candidates candidates, Suppression limits, int classes) {
        var byScore = IntStream.range(0, candidates.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -candidates.score(i)))
                .toList();
        var all = new ArrayList<Integer>();
        for (int label = 0; label < (limits.isPerClass() ? classes : 1); label++) {
            var kept = new ArrayList<Integer>();
            for (int i : byScore) {
                boolean isOne = !limits.isPerClass() || candidates.label(i) == label;
                boolean isFree = kept.stream()
                        .noneMatch(other -> candidates.box(other).overlap(candidates.box(i)) > limits.maxOverlap());
                if (isOne && isFree && kept.size() < (limits.isPerClass() ? limits.limitPerClass() : limits.limit())) {
                    kept.add(i);
                }
            }
            all.addAll(kept);
        }
        return all.stream()
                .sorted(Comparator.<Integer>comparingDouble(i -> -candidates.score(i))
                        .thenComparingInt(i -> i))
                .limit(limits.limit())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsWhatThePlainAlgorithmKeeps(boolean isPerClass) {
        var random = new Random(3);
        for (int run = 0; run < 60; run++) {
            int classes = 1 + random.nextInt(4);
            var candidates = candidates(random, random.nextInt(120), classes);
            var limits = limits(isPerClass, 1 + random.nextInt(20), 1 + random.nextInt(10));

            var kept = NonMaximumSuppression.of(candidates, limits);

            assertThat(kept)
                    .containsExactly(plain(candidates, limits, classes).stream()
                            .mapToInt(i -> i)
                            .toArray());
        }
    }

    /// Three boxes in a row: neighbors overlap by 4/6, the first and the last by 3/7.
    @Test
    void aDroppedBoxDropsNoOther() {
        var candidates = new Candidates(3);
        for (int i = 0; i < 3; i++) {
            candidates.place(i, new Box(0, i, 1, i + 5));
            candidates.add(0.9f - 0.1f * i, i, 0);
        }

        assertThat(NonMaximumSuppression.of(candidates, new Suppression(0, 0.4f, 10, true, 10, 1)))
                .containsExactly(0);
        assertThat(NonMaximumSuppression.of(candidates, new Suppression(0, 0.6f, 10, true, 10, 1)))
                .containsExactly(0, 2);
        assertThat(NonMaximumSuppression.of(candidates, new Suppression(0, 0.7f, 10, true, 10, 1)))
                .containsExactly(0, 1, 2);
    }

    @Test
    void classesSuppressEachOtherOnlyIfAsked() {
        var candidates = new Candidates(2);
        candidates.place(0, new Box(0, 0, 1, 1));
        candidates.place(1, new Box(0, 0, 1, 1));
        candidates.add(0.8f, 0, 0);
        candidates.add(0.9f, 1, 1);

        assertThat(NonMaximumSuppression.of(candidates, limits(true, 10, 10))).containsExactly(1, 0);
        assertThat(NonMaximumSuppression.of(candidates, limits(false, 10, 10))).containsExactly(1);
    }

    @Test
    void negativeScoresComeLast() {
        var candidates = new Candidates(4);
        float[] scores = {-1, 0.5f, -0f, -20};
        for (int i = 0; i < 4; i++) {
            candidates.place(i, new Box(i, i, i + 1, i + 1));
            candidates.add(scores[i], i, 0);
        }

        assertThat(NonMaximumSuppression.of(candidates, limits(true, 10, 10))).containsExactly(1, 2, 0, 3);
    }

    /// 1917 boxes of 91 classes, and 100,000 boxes, also where as many as can be are kept, or all lie on one another:
    /// milliseconds,
    /// or half a second, far below these limits.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isFast(boolean isPerClass) {
        var many = candidates(new Random(1), 100_000, 91);
        var ssd = new Candidates(1917);
        var random = new Random(2);
        var equal = new Candidates(100_000);
        var small = new Candidates(100_000);
        for (int i = 0; i < 100_000; i++) {
            equal.add(random.nextFloat(), i, i % 91);
            equal.place(i, new Box(0, 0, 1, 1));
            float y = random.nextFloat();
            float x = random.nextFloat();
            small.add(random.nextFloat(), i, i % 91);
            small.place(i, new Box(y, x, y + 0.01f, x + 0.01f));
        }
        for (int i = 0; i < 1917; i++) {
            float y = random.nextFloat();
            ssd.place(i, new Box(y, y, y + 0.1f, y + 0.1f));
            for (int label = 0; label < 91; label++) {
                ssd.add(random.nextFloat(), i, label);
            }
        }

        Assertions.assertTimeout(Duration.ofSeconds(3), () -> {
            assertThat(NonMaximumSuppression.of(many, limits(isPerClass, 100, 100)))
                    .isNotEmpty();
            assertThat(NonMaximumSuppression.of(ssd, limits(isPerClass, 100, 100)))
                    .isNotEmpty();
            assertThat(NonMaximumSuppression.of(equal, limits(isPerClass, 100, 100)))
                    .hasSize(isPerClass ? 91 : 1);
            assertThat(NonMaximumSuppression.of(small, limits(isPerClass, Suppression.MOST, Suppression.MOST)))
                    .hasSize(Suppression.MOST);
        });
    }

    /// A million boxes: first ten thousand that do not overlap, as many as may be kept but one, then copies of the
    /// last of them, each of which is compared with all.
    @Test
    void theWorkIsBounded() {
        int apart = Suppression.MOST - 1;
        var candidates = new Candidates(1_000_000);
        for (int i = 0; i < 1_000_000; i++) {
            int column = Math.min(i, apart - 1);
            candidates.place(i, new Box(0, 2 * column, 1, 2 * column + 1));
            candidates.add(1 - i * 0x1p-24f, i, 0);
        }

        var kept = Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> NonMaximumSuppression.of(candidates, limits(true, Suppression.MOST, Suppression.MOST)));

        assertThat(kept).containsExactly(IntStream.range(0, apart).toArray());
    }
}
