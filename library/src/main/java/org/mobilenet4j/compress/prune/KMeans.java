package org.mobilenet4j.compress.prune;

import java.util.Arrays;
import java.util.Objects;
import org.mobilenet4j.error.BadValueException;

/// k-means in one dimension (Lloyd, IEEE Trans. Inf. Theory 28, 1982). The same values give the same centers.
public final class KMeans {
    /// The initial centers (Han et al., arXiv 1510.00149, section 3.2).
    public enum Start {
        /// Linear: evenly from the smallest value to the largest, so that large weights, which are few and matter
        /// most, keep centers of their own.
        LINEAR,
        /// Density-based: evenly over the sorted values, so that there are many centers where there are many
        /// values.
        DENSITY
    }

    private static final int MOST_ROUNDS = 300;

    private KMeans() {}

    /// The centers, ascending. Equal centers, and centers without values, are left out, so there may be fewer.
    ///
    /// @param values in any order, not changed
    /// @param count the most centers, from 1 to the number of values
    public static float[] centers(float[] values, int count, Start start) {
        if (count < 1 || count > values.length) {
            throw new BadValueException(
                    "there can be 1 to " + values.length + " centers, as many as there are values, not " + count);
        }
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] sums = new double[sorted.length + 1];
        for (int i = 0; i < sorted.length; i++) {
            sums[i + 1] = sums[i] + sorted[i];
        }
        double[] centers = first(sorted, count, start);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double[] next = means(sorted, sums, centers);
            if (Arrays.equals(next, centers)) {
                break;
            }
            centers = next;
        }
        float[] all = new float[centers.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) centers[i];
        }
        return distinct(all);
    }

    /// The index of the center nearest to `value`; of two that are equally near, the lower one.
    ///
    /// @param centers ascending
    public static int nearest(float[] centers, float value) {
        Objects.requireNonNull(centers, "centers");
        int at = Arrays.binarySearch(centers, value);
        if (at >= 0) {
            return at;
        }
        int above = -at - 1;
        if (above == 0) {
            return 0;
        }
        boolean isAbove =
                above < centers.length && (double) centers[above] - value < (double) value - centers[above - 1];
        return isAbove ? above : above - 1;
    }

    private static double[] first(float[] sorted, int count, Start start) {
        double[] centers = new double[count];
        double least = sorted[0];
        double greatest = sorted[sorted.length - 1];
        for (int i = 0; i < count; i++) {
            centers[i] = switch (start) {
                case LINEAR -> count == 1 ? (least + greatest) / 2 : least + (greatest - least) * i / (count - 1);
                case DENSITY -> sorted[(int) ((2L * i + 1) * sorted.length / (2L * count))];
            };
        }
        return centers;
    }

    /// The mean of the values nearest to each center; a center without values is dropped.
    private static double[] means(float[] sorted, double[] sums, double[] centers) {
        double[] means = new double[centers.length];
        int kept = 0;
        int from = 0;
        for (int i = 0; i < centers.length; i++) {
            int to = i + 1 == centers.length ? sorted.length : upTo(sorted, (centers[i] + centers[i + 1]) / 2);
            if (to > from) {
                means[kept++] = (sums[to] - sums[from]) / (to - from);
                from = to;
            }
        }
        return Arrays.copyOf(means, kept);
    }

    /// The number of values up to `limit`.
    private static int upTo(float[] sorted, double limit) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static float[] distinct(float[] ascending) {
        int count = 0;
        for (int i = 0; i < ascending.length; i++) {
            if (i == 0 || ascending[i] != ascending[count - 1]) {
                ascending[count++] = ascending[i];
            }
        }
        return Arrays.copyOf(ascending, count);
    }
}
