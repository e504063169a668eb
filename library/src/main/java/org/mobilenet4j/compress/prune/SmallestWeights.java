package org.mobilenet4j.compress.prune;

import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// A group of kernels whose weights are compared with each other to zero the smallest.
final class SmallestWeights {
    private final List<ParameterLayout.Place> kernels;
    private final int size;

    /// @param kernels kernels with fewer than 2^31 weights together
    SmallestWeights(List<ParameterLayout.Place> kernels) {
        this.kernels = kernels;
        this.size = kernels.stream().mapToInt(ParameterLayout.Place::size).sum();
    }

    /// The share of zeros.
    double sparsity(float[] values) {
        int zeros = 0;
        for (var kernel : kernels) {
            for (int i = kernel.offset(); i < kernel.offset() + kernel.size(); i++) {
                zeros += values[i] == 0 ? 1 : 0;
            }
        }
        return (double) zeros / size;
    }

    /// Zeroes the smallest weights until a share of `sparsity`, rounded, is zero; of equal weights, the first
    /// ones. Does nothing if as many are zero already.
    ///
    /// @param values the weights whose magnitudes are compared
    /// @param averages weight averages, zeroed at the same positions; may be the same array
    void zero(float[] values, float[] averages, double sparsity) {
        int wanted = (int) Math.min(size, Math.round(sparsity * size));
        if (wanted == 0) {
            return;
        }
        float limit = sizes(values)[wanted - 1];
        int below = 0;
        for (var kernel : kernels) {
            for (int i = kernel.offset(); i < kernel.offset() + kernel.size(); i++) {
                below += Math.abs(values[i]) < limit ? 1 : 0;
            }
        }
        int equal = wanted - below;
        for (var kernel : kernels) {
            for (int i = kernel.offset(); i < kernel.offset() + kernel.size(); i++) {
                float weight = Math.abs(values[i]);
                if (weight < limit || (weight == limit && equal-- > 0)) {
                    values[i] = 0;
                    averages[i] = 0;
                }
            }
        }
    }

    /// Sorts in ascending order.
    private float[] sizes(float[] values) {
        float[] sizes = new float[size];
        int at = 0;
        for (var kernel : kernels) {
            for (int i = kernel.offset(); i < kernel.offset() + kernel.size(); i++) {
                sizes[at++] = Math.abs(values[i]);
            }
        }
        Arrays.sort(sizes);
        return sizes;
    }
}
