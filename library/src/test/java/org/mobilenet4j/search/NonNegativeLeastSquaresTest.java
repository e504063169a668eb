package org.mobilenet4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NonNegativeLeastSquaresTest {
    @Test
    void findsTheFactorsOfAnExactSum() {
        var rows = List.of(
                new double[] {1, 0, 1e6}, new double[] {2, 1, 1e6}, new double[] {0, 3, 2e6}, new double[] {1, 1, 5e6});
        var values = rows.stream()
                .mapToDouble(row -> 0.5 * row[0] + 2 * row[1] + 3e-6 * row[2])
                .toArray();

        var factors = NonNegativeLeastSquares.solve(rows, values);

        assertThat(factors[0]).isCloseTo(0.5, within(1e-6));
        assertThat(factors[1]).isCloseTo(2, within(1e-6));
        assertThat(factors[2]).isCloseTo(3e-6, within(1e-12));
    }

    @Test
    void aFactorThatWouldBeNegativeIsZeroAndTheOthersMakeTheBestOfIt() {
        // Without the bound -1 and 3; with the first at zero, the mean of 2 and 3.
        var rows = List.of(new double[] {1, 1}, new double[] {0, 1});

        var factors = NonNegativeLeastSquares.solve(rows, new double[] {2, 3});

        assertThat(factors[0]).isZero();
        assertThat(factors[1]).isCloseTo(2.5, within(1e-9));
    }

    @Test
    void aFeatureThatNoRowHasIsZero() {
        var factors = NonNegativeLeastSquares.solve(List.of(new double[] {0, 2}), new double[] {4});

        assertThat(factors).containsExactly(0, 2);
    }
}
