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
        // Degrees of freedom (1 + 9)^2 / (1 / 8 + 81 / 3) = 3.69, so 3, for which t is 3.182: 8 +- 10.06.
        assertThat(difference.freedom()).isCloseTo(100 / 27.125, within(1e-12));
        assertThat(difference.isAbove(-2.1)).isTrue();
        assertThat(difference.isAbove(-2.0)).isFalse();
        assertThat(difference.isBelow(18.1)).isTrue();
        assertThat(difference.isBelow(18.0)).isFalse();
        assertThat(Contrast.difference(Spread.of(1), Spread.of(2, 3)).isKnown()).isFalse();
        // A factor multiplies the error too: 2 * 3 = 6.
        assertThat(Contrast.NONE.plus(-2, new Spread(4, 42, 6))).isEqualTo(new Contrast(-84, 6, 3));
    }

    /// Published tables of Student's t.
    @Test
    void quantilesOfStudentsT() {
        assertThat(StudentT.quantile(2)).isEqualTo(4.303);
        assertThat(StudentT.quantile(4.9)).isEqualTo(2.776);
        assertThat(StudentT.quantile(11)).isCloseTo(2.201, within(0.003));
        assertThat(StudentT.quantile(30)).isCloseTo(2.042, within(0.001));
        assertThat(StudentT.quantile(Double.POSITIVE_INFINITY)).isCloseTo(1.960, within(0.001));
    }

    /// Two standard errors of three seeds each are chance in an eighth of all cases, and no gain.
    @Test
    void twoErrorsAreNotEnoughForThreeSeeds() {
        var before = Spread.of(33.0, 34.0, 35.0);
        var after = Spread.of(35.0, 36.0, 37.0);
        var gain = Contrast.difference(after, before);
        assertThat(gain.value()).isGreaterThan(2 * gain.error());
        assertThat(gain.gains()).isEqualTo(Conclusion.Verdict.NOT_SHOWN);
        var five = Contrast.difference(Spread.of(35, 36, 37, 35, 37), Spread.of(33, 34, 35, 33, 35));
        assertThat(five.gains()).isEqualTo(Conclusion.Verdict.HOLDS);
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
