package org.mobilenet4j.train.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Minima that are known.
class LbfgsTest {
    private static final int SIZE = 30;
    private static final double CONDITION = 1e4;

    /// `sum of w_i (x_i - i)^2`, with weights from 1 to the condition number.
    private static double bowl(double[] point, double[] gradient) {
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            double weight = Math.pow(CONDITION, i / (SIZE - 1.0));
            double off = point[i] - i;
            sum += weight * off * off;
            gradient[i] = 2 * weight * off;
        }
        return sum;
    }

    @Test
    void findsTheBottomOfALongValley() {
        var point = new double[SIZE];
        double value = Lbfgs.minimize(LbfgsTest::bowl, point, 1000, 1e-9);
        assertThat(value).isLessThan(1e-15);
        for (int i = 0; i < SIZE; i++) {
            assertThat(point[i]).isCloseTo(i, org.assertj.core.data.Offset.offset(1e-6));
        }
    }

    @Test
    void staysWhereNothingFalls() {
        var point = new double[SIZE];
        Arrays.setAll(point, i -> i);
        assertThat(Lbfgs.minimize(LbfgsTest::bowl, point, 200, 0)).isZero();
        assertThat(point[7]).isEqualTo(7);
    }

    @Test
    void makesNoMoreStepsThanItMay() {
        var few = new double[SIZE];
        var more = new double[SIZE];
        double afterFew = Lbfgs.minimize(LbfgsTest::bowl, few, 3, 1e-9);
        assertThat(afterFew).isGreaterThan(1e-3);
        assertThat(Lbfgs.minimize(LbfgsTest::bowl, more, 20, 1e-9)).isLessThan(afterFew);
    }
}
