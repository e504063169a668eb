package org.mobilenet4j.compress.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.compress.prune.MagnitudePruning.Scope;

class ClusteringTest {
    private static double cost(float[] values, float[] centers) {
        double cost = 0;
        for (float value : values) {
            double distance = value - centers[KMeans.nearest(centers, value)];
            cost += distance * distance;
        }
        return cost;
    }

    /// The least cost of all ways to cut sorted values into `count` runs.
    private static double best(float[] sorted, int from, int count) {
        if (count == 1 || sorted.length - from <= 1) {
            return spread(sorted, from, sorted.length);
        }
        double best = Double.POSITIVE_INFINITY;
        for (int to = from + 1; to < sorted.length; to++) {
            best = Math.min(best, spread(sorted, from, to) + best(sorted, to, count - 1));
        }
        return best;
    }

    private static double spread(float[] sorted, int from, int to) {
        double mean = 0;
        for (int i = from; i < to; i++) {
            mean += sorted[i] / (to - from);
        }
        double spread = 0;
        for (int i = from; i < to; i++) {
            spread += (sorted[i] - mean) * (sorted[i] - mean);
        }
        return spread;
    }

    /// Where values lie in clumps, k-means finds them, as trying all ways does.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void findsClumps(int count) {
        var random = new Random(count);
        float[] values = new float[14];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % count * 5 - 7 + random.nextFloat();
        }
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        for (var start : KMeans.Start.values()) {
            float[] centers = KMeans.centers(values, count, start);
            assertThat(centers).hasSize(count);
            assertThat(cost(values, centers)).isCloseTo(best(sorted, 0, count), within(1e-5));
        }
    }

    /// Elsewhere it may stop early, but at values that each are the mean of their own, and not far from
    /// the best.
    @ParameterizedTest
    @EnumSource(KMeans.Start.class)
    void stopsWhereNothingGetsBetter(KMeans.Start start) {
        for (int seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            float[] values = new float[13];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            float[] sorted = values.clone();
            Arrays.sort(sorted);
            float[] centers = KMeans.centers(values, 3, start);
            assertThat(centers).isSorted();
            double[] sums = new double[centers.length];
            int[] counts = new int[centers.length];
            for (float value : values) {
                sums[KMeans.nearest(centers, value)] += value;
                counts[KMeans.nearest(centers, value)]++;
            }
            for (int i = 0; i < centers.length; i++) {
                assertThat(centers[i]).isCloseTo((float) (sums[i] / counts[i]), within(1e-6f));
            }
            double best = best(sorted, 0, 3);
            assertThat(cost(values, centers)).isBetween(best - 1e-5, best * 4);
        }
    }

    @Test
    void handlesFewAndEqualValues() {
        assertThat(KMeans.centers(new float[] {2, 2, 2}, 3, KMeans.Start.LINEAR))
                .containsExactly(2);
        assertThat(KMeans.centers(new float[] {3, 1}, 2, KMeans.Start.DENSITY)).containsExactly(1, 3);
        assertThat(KMeans.nearest(new float[] {0, 1}, 0.5f)).isZero();
        assertThat(KMeans.nearest(new float[] {0, 1}, 7)).isEqualTo(1);
        assertThatThrownBy(() -> KMeans.centers(new float[] {1}, 2, KMeans.Start.LINEAR))
                .hasMessageContaining("1 to 1 centers");
    }

    @Test
    void sharesValuesAndKeepsZeros() {
        var sparse = new MagnitudePruning(0.6, Scope.LAYER, false).prune(PruneModels.separable());
        var clustered = new Clustering(8, KMeans.Start.LINEAR).cluster(sparse);
        for (var name : new String[] {"conv1/kernel", "conv_dw_1/depthwise_kernel", "conv_pw_1/kernel"}) {
            var values = new HashSet<Float>();
            float[] before = sparse.weights().get(name).toArray();
            float[] after = clustered.weights().get(name).toArray();
            for (int i = 0; i < after.length; i++) {
                values.add(after[i]);
                assertThat(after[i] == 0).isEqualTo(before[i] == 0);
            }
            assertThat(values).hasSizeBetween(3, 8);
        }
        assertThat(clustered.weights().get("conv1_bn/gamma").toArray())
                .isEqualTo(sparse.weights().get("conv1_bn/gamma").toArray());
    }

    @Test
    void saysWhatIsImpossible() {
        assertThatThrownBy(() -> new Clustering(1, KMeans.Start.LINEAR)).hasMessageContaining("at least two values");
        assertThatThrownBy(() -> new Clustering(145, KMeans.Start.LINEAR).cluster(PruneModels.separable()))
                .hasMessageContaining("conv_dw_1/depthwise_kernel has 144 weights, fewer than 145 values");
    }
}
