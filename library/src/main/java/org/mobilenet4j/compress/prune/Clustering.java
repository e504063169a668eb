package org.mobilenet4j.compress.prune;

import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.WeightConstraint;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// Weight clustering: the weights of each kernel share a few values, found by k-means, so that a file stores only their
/// indices (Han et al., arXiv 1510.00149, section 3). Weights that are exactly zero stay zero; zero is then one of the
/// values.
///
/// @param values number of values per kernel, at least 2
/// @param start initial centers of k-means
public record Clustering(int values, KMeans.Start start) {
    public Clustering {
        Objects.requireNonNull(start, "start");
        if (values < 2) {
            throw new BadValueException("weights must share at least two values, not " + values);
        }
    }

    /// `model` with the weights of all its kernels clustered.
    ///
    /// @throws IllegalArgumentException when the model is quantized, has no kernels, or has a kernel with fewer
    ///     weights than `values`
    public Model cluster(Model model) {
        FloatModel.require(model);
        var layout = ParameterLayout.of(model.network());
        var kernels = PrunableKernels.of(layout);
        if (kernels.isEmpty()) {
            throw new BadValueException("the network has no kernel whose weights could share values");
        }
        float[] all = PrunableKernels.values(model, layout);
        for (var kernel : kernels) {
            if (values > kernel.size()) {
                throw new BadValueException(kernel.name() + " has " + kernel.size() + " weights, fewer than " + values
                        + " values; use at most " + kernel.size());
            }
            cluster(all, kernel.offset(), kernel.offset() + kernel.size());
        }
        return PrunableKernels.with(model, layout, all);
    }

    private void cluster(float[] all, int from, int to) {
        float[] others = new float[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            if (all[i] != 0) {
                others[count++] = all[i];
            }
        }
        if (count == 0) {
            return;
        }
        int wanted = count < to - from ? values - 1 : values;
        float[] centers = KMeans.centers(java.util.Arrays.copyOf(others, count), Math.min(count, wanted), start);
        for (int i = from; i < to; i++) {
            all[i] = all[i] == 0 ? 0 : centers[KMeans.nearest(centers, all[i])];
        }
    }

    /// The constraint for training a clustered model: equal weights stay equal, zeros stay zero.
    public static WeightConstraint tied() {
        return new TiedWeights();
    }
}
