package org.mobilenet4j.app.experiment.conclusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Against values computed by hand.
class StatisticsTest {
    @Test
    void meanDeviationAndStandardError() {
        var spread = Spread.of(38, 42, 39, 43, 43);
        assertThat(spread.mean()).isEqualTo(41);
        // Squares 9 + 1 + 4 + 4 + 4 = 22, over four: 5.5.
        assertThat(spread.deviation()).isCloseTo(2.345207879911715, within(1e-12));
        assertThat(spread.error()).isCloseTo(1.0488088481701516, within(1e-12));
        assertThat(Spread.of(7).mean()).isEqualTo(7);
        assertThat(Spread.of(7).deviation()).isNaN();
    }

    @Test
    void errorsOfADifferenceAddUpAsSquares() {
        // Errors 3 / sqrt(9) = 1 and 6 / sqrt(4) = 3: together sqrt(10).
        var difference = Contrast.difference(new Spread(9, 50, 3), new Spread(4, 42, 6));
        assertThat(difference.value()).isEqualTo(8);
        assertThat(difference.error()).isCloseTo(Math.sqrt(10), within(1e-12));
        assertThat(difference.isAbove(1.6)).isTrue();
        assertThat(difference.isAbove(1.7)).isFalse();
        assertThat(difference.isBelow(14.4)).isTrue();
        assertThat(difference.isBelow(14.3)).isFalse();
        assertThat(Contrast.difference(Spread.of(1), Spread.of(2, 3)).isKnown()).isFalse();
        // A factor multiplies the error too: 2 * 3 = 6.
        assertThat(Contrast.NONE.plus(-2, new Spread(4, 42, 6))).isEqualTo(new Contrast(-84, 6));
    }

    @Test
    void noDifferenceIsNoneHoweverSmallTheError() {
        var same = Contrast.difference(Spread.of(40, 40), Spread.of(40, 40));
        assertThat(same.isAbove(0)).isFalse();
        assertThat(same.isBelow(0)).isFalse();
    }

    @Test
    void lineByLeastSquares() {
        // x about 2: -1, 0, 1; y about 4: -2, 1, 1. Slope 3 / 2; R^2 = 9 / (2 * 6).
        var line = Line.through(new double[] {1, 2, 3}, new double[] {2, 5, 5});
        assertThat(line.slope()).isCloseTo(1.5, within(1e-12));
        assertThat(line.intercept()).isCloseTo(1, within(1e-12));
        assertThat(line.determination()).isCloseTo(0.75, within(1e-12));
        // 5 points for each doubling.
        var doublings = Line.throughDoublings(new double[] {8, 16, 64}, new double[] {30, 35, 45});
        assertThat(doublings.slope()).isCloseTo(5, within(1e-12));
        assertThat(doublings.intercept()).isCloseTo(15, within(1e-12));
        assertThat(doublings.determination()).isCloseTo(1, within(1e-12));
    }
}
