package org.mobilenet4j.train.op;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// The gradient of one layer's kernel and bias, summed separately by each shard of the batch.
final class WeightSums {
    private final ParameterLayout.Place kernel;
    private final ParameterLayout.@Nullable Place bias;
    private final int columns;
    private final int first;
    private final int width;
    private final int stride;
    private final float[][] kernels;
    private final float[][] biases;

    /// For some columns of the kernel as a matrix of `columns` columns.
    ///
    /// @param first index of the first of them
    /// @param width number of columns
    WeightSums(
            ParameterLayout.Place kernel,
            ParameterLayout.@Nullable Place bias,
            int columns,
            int first,
            int width,
            int shards) {
        this.kernel = kernel;
        this.bias = bias;
        this.columns = columns;
        this.first = first;
        this.width = width;
        this.stride = PixelStride.of(width);
        this.kernels = new float[shards][Math.multiplyExact(kernel.size() / columns, stride)];
        this.biases = new float[shards][bias == null ? 0 : stride];
    }

    /// The matrix of one shard, its rows `PixelStride.of(width)` apart.
    float[] kernel(int shard) {
        return kernels[shard];
    }

    /// Called before each batch.
    void clear(int shard) {
        Arrays.fill(kernels[shard], 0f);
        Arrays.fill(biases[shard], 0f);
    }

    /// Adds the gradients of `pixels` output pixels to the bias gradient, if there is a bias.
    void addBias(float[] gradient, int at, int gradientStride, int pixels, int shard) {
        var sums = biases[shard];
        if (bias != null) {
            for (int p = 0; p < pixels; p++) {
                for (int c = 0; c < width; c++) {
                    sums[c] += gradient[at + p * gradientStride + c];
                }
            }
        }
    }

    /// Writes the sums over all shards.
    void collect(float[] gradients) {
        int rows = kernel.size() / columns;
        for (int row = 0; row < rows; row++) {
            collect(kernels, row * stride, gradients, kernel.offset() + row * columns + first);
        }
        if (bias != null) {
            collect(biases, 0, gradients, bias.offset() + first);
        }
    }

    private void collect(float[][] sums, int source, float[] gradients, int target) {
        System.arraycopy(sums[0], source, gradients, target, width);
        for (int shard = 1; shard < sums.length; shard++) {
            var more = sums[shard];
            for (int i = 0; i < width; i++) {
                gradients[target + i] += more[source + i];
            }
        }
    }
}
