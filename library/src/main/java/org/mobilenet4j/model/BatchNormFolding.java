package org.mobilenet4j.model;

import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.tensor.Tensor;

/// Folds a batch normalization into the linear layer before it, in double precision: `kernel' = kernel * s` and
/// `bias' = (bias - mean) * s + beta` with `s = gamma / sqrt(variance + epsilon)` for each output channel. Folded into
/// a kernel of ones and a bias of zeros, it becomes a layer of its own.
public final class BatchNormFolding {
    private final double[] scale;
    private final Tensor mean;
    private final Tensor beta;

    /// @param weights holds the parameters of `norm`
    public BatchNormFolding(BatchNorm norm, Weights weights) {
        var gamma = weights.get(norm.name() + "/gamma");
        var variance = weights.get(norm.name() + "/moving_variance");
        this.scale = new double[gamma.size()];
        for (int c = 0; c < scale.length; c++) {
            scale[c] = gamma.get(c) / Math.sqrt(variance.get(c) + norm.epsilon());
        }
        this.mean = weights.get(norm.name() + "/moving_mean");
        this.beta = weights.get(norm.name() + "/beta");
    }

    /// The number of normalized channels.
    public int channels() {
        return scale.length;
    }

    /// Folds rows of a kernel in place, output channels innermost.
    ///
    /// @param from where the first row starts
    /// @param to where the last row ends, exclusive
    public void foldKernel(float[] kernel, int from, int to) {
        for (int row = from; row < to; row += scale.length) {
            for (int c = 0; c < scale.length; c++) {
                kernel[row + c] = (float) (kernel[row + c] * scale[c]);
            }
        }
    }

    /// Folds a bias in place; pass zeros for a layer without one.
    public void foldBias(float[] bias) {
        for (int c = 0; c < scale.length; c++) {
            bias[c] = (float) ((bias[c] - (double) mean.get(c)) * scale[c] + beta.get(c));
        }
    }

    /// Such as `BatchNormFolding[32 channels]`.
    @Override
    public String toString() {
        return "BatchNormFolding[" + scale.length + " channels]";
    }
}
