package org.mobilenet4j.compress.quantize;

import java.util.Arrays;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.ActivationQuantization;

/// The distribution of an activation's values: minimum, maximum and a histogram.
///
/// The histogram has equal bins from `-2^e` to `2^e`, with the smallest `e` that covers all values so far: when a value
/// lies outside, neighboring bins are merged until it fits. So one pass over the values is enough, and their order does
/// not matter.
public final class Distribution {
    private static final int BINS = 1 << 13;

    private long[] counts = new long[BINS];
    /// Exclusive limit of the values' magnitude; a power of two.
    private double limit = Float.MIN_NORMAL;
    /// Bins per unit.
    private double density = BINS / (2 * limit);

    private float least = Float.POSITIVE_INFINITY;
    private float greatest = Float.NEGATIVE_INFINITY;
    private long count;

    /// An empty distribution.
    public Distribution() {
        // The fields' initial values are right.
    }

    /// Adds values.
    ///
    /// @throws IllegalArgumentException when one is NaN or infinite
    public void add(float[] values) {
        for (float value : values) {
            if (!(Math.abs(value) < limit)) {
                widen(value);
            }
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
            counts[(int) ((value + limit) * density)]++;
        }
        count += values.length;
    }

    private void widen(float value) {
        if (!Float.isFinite(value)) {
            throw new BadValueException("a value is " + value + ", which is not finite");
        }
        while (!(Math.abs(value) < limit)) {
            var joined = new long[BINS];
            for (int i = 0; i < BINS; i++) {
                joined[BINS / 4 + i / 2] += counts[i];
            }
            counts = joined;
            limit *= 2;
            density /= 2;
        }
    }

    /// The number of values.
    public long count() {
        return count;
    }

    /// The range of all values and zero.
    public Range range() {
        return count == 0 ? new Range(0, 0) : Range.of(least, greatest);
    }

    /// The quantile `share`, to the width of a bin; between the minimum and the maximum.
    public float quantile(double share) {
        if (count == 0) {
            return 0;
        }
        long below = 0;
        for (int i = 0; i < BINS; i++) {
            if (counts[i] > 0 && below + counts[i] >= share * count) {
                double inside = (share * count - below) / counts[i];
                return (float) Math.clamp((i + inside) / density - limit, least, greatest);
            }
            below += counts[i];
        }
        return greatest;
    }

    /// The mean squared error of quantization; every value counts as the center of its bin.
    public double squaredError(ActivationQuantization map) {
        double sum = 0;
        for (int i = 0; i < BINS; i++) {
            if (counts[i] > 0) {
                double value = Math.clamp((i + 0.5) / density - limit, least, greatest);
                double error = value - Rounding.stored(value, map);
                sum += counts[i] * error * error;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /// `1024 values from -0.5 to 2.0`.
    @Override
    public String toString() {
        return count + " values from " + least + " to " + greatest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Distribution that
                && count == that.count
                && least == that.least
                && greatest == that.greatest
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }
}
