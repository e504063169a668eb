package org.mobilenet4j.compress.quantize;

import java.util.Locale;
import org.mobilenet4j.tensor.ElementType;

/// How the range of an activation is chosen from its observed values.
public enum RangeChoice {
    /// The full range: nothing is clipped, and a single outlier makes every step larger.
    MIN_MAX {
        @Override
        public Range of(Distribution values) {
            return values.range();
        }
    },
    /// The range without a ten-thousandth of the values at each end.
    PERCENTILE {
        @Override
        public Range of(Distribution values) {
            return Range.of(values.quantile(1 - KEPT), values.quantile(KEPT));
        }
    },
    /// The range with the least squared error among many candidates: it balances clipping against smaller steps.
    MSE {
        @Override
        public Range of(Distribution values) {
            return LeastError.of(values);
        }
    };

    private static final double KEPT = 0.9999;

    /// The range for an activation with this distribution.
    public abstract Range of(Distribution values);

    /// The name in options, for example `min-max`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Searches for the range with the least squared error: first both ends together, then each separately.
    private static final class LeastError {
        private static final int CANDIDATES = 100;

        private final Distribution values;
        private Range best;
        private double error;

        private LeastError(Distribution values) {
            this.values = values;
            this.best = values.range();
            this.error = error(best);
        }

        static Range of(Distribution values) {
            var search = new LeastError(values);
            var whole = values.range();
            for (int i = 1; i < CANDIDATES; i++) {
                double share = (double) i / CANDIDATES;
                search.consider(whole.clipped(share, share));
            }
            var both = search.best;
            for (int i = 1; i <= CANDIDATES; i++) {
                search.consider(
                        new Range(whole.clipped((double) i / CANDIDATES, 1).low(), both.high()));
            }
            var one = search.best;
            for (int i = 1; i <= CANDIDATES; i++) {
                search.consider(new Range(
                        one.low(), whole.clipped(1, (double) i / CANDIDATES).high()));
            }
            return search.best;
        }

        private void consider(Range range) {
            double with = error(range);
            if (with < error) {
                error = with;
                best = range;
            }
        }

        private double error(Range range) {
            return values.squaredError(range.stored(ElementType.INT8));
        }
    }
}
