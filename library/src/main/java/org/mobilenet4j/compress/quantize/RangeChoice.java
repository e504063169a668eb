package org.mobilenet4j.compress.quantize;

import java.util.Locale;
import org.mobilenet4j.tensor.ElementType;

/// How the range of a map is chosen from the values that were seen in it.
public enum RangeChoice {
    /// All values: nothing is clipped, and one outlier makes every step larger.
    MIN_MAX {
        @Override
        public Range of(Distribution values) {
            return values.range();
        }
    },
    /// All but a ten-thousandth of the values at each end.
    PERCENTILE {
        @Override
        public Range of(Distribution values) {
            return Range.of(values.quantile(1 - KEPT), values.quantile(KEPT));
        }
    },
    /// That of many ranges, each clipped somewhere, whose squared error is the least: what clipping
    /// costs against what smaller steps gain.
    MSE {
        @Override
        public Range of(Distribution values) {
            return LeastError.of(values);
        }
    };

    private static final double KEPT = 0.9999;

    /// The range for a map with these values.
    public abstract Range of(Distribution values);

    /// `min-max`, as options have it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Looks for the range with the least squared error: first both ends together, then each by itself.
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
