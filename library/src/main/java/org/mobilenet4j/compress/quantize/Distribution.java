package org.mobilenet4j.compress.quantize;

import java.util.Arrays;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.ActivationQuantization;

/// How often which values occur in a map: the least, the greatest, and a histogram.
///
/// The histogram's bins lie evenly from `-2^e` to `2^e`, with the least `e` that holds all values so
/// far: when a value lies outside, neighboring bins are joined until it fits. So one pass over the
/// values is enough, and their order does not matter.
public final class Distribution {
    private static final int BINS = 1 << 13;

    private long[] counts = new long[BINS];
    /// What no value's magnitude reaches; a power of two.
    private double limit = Float.MIN_NORMAL;
    /// Bins for each unit.
    private double density = BINS / (2 * limit);

    private float least = Float.POSITIVE_INFINITY;
    private float greatest = Float.NEGATIVE_INFINITY;
    private long count;

    /// No values yet.
    public Distribution() {
        // All is as it begins.
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
            throw new BadValueException("a value is " + value + ", not a finite number");
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

    /// All values and zero.
    public Range range() {
        return count == 0 ? new Range(0, 0) : Range.of(least, greatest);
    }

    /// The value below which `share` of all lie, to the width of a bin; between the least and the
    /// greatest.
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

    /// The mean of the squared differences between values and what is stored for them; every value
    /// counts as the middle of its bin.
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
