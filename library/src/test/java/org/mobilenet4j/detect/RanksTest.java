package org.mobilenet4j.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RanksTest {
    private static final int COUNT = 20_000;

    /// Orders of scores: at random, with few values, rising, falling, up and down, all equal, one odd.
    static Stream<IntUnaryOperator> orders() {
        var random = new Random(7);
        return Stream.of(
                _ -> random.nextInt(),
                _ -> random.nextInt(5) - 2,
                i -> i,
                i -> -i,
                i -> Math.min(i, COUNT - i),
                i -> i % 312,
                _ -> 1,
                i -> i == COUNT / 2 ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theBestComesFirstAndOfEqualOnesTheFirst(IntUnaryOperator order) {
        var candidates = new Candidates(1);
        for (int i = 0; i < COUNT; i++) {
            candidates.add(order.applyAsInt(i), 0, 0);
        }
        var ranks = new Ranks(candidates);

        var taken = IntStream.range(0, COUNT).map(_ -> ranks.take()).toArray();

        assertThat(taken)
                .containsExactly(IntStream.range(0, COUNT)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -candidates.score(i)))
                        .mapToInt(i -> i)
                        .toArray());
        assertThat(ranks.isEmpty()).isTrue();
    }
}
