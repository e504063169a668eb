package org.mobilenet4j.infer;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// A linear layer's kernel and bias with the batch normalisation behind it multiplied in, in double precision:
/// `kernel' = kernel * s` and `bias' = (bias - mean) * s + beta` with `s = gamma / sqrt(variance + epsilon)` for each
/// output channel.
final class FoldedWeights implements WeightRows {
    private final Tensor kernel;
    private final float[] bias;
    private final double @Nullable [] scale;

    private FoldedWeights(Tensor kernel, float[] bias, double @Nullable [] scale) {
        this.kernel = kernel;
        this.bias = bias;
        this.scale = scale;
    }

    static FoldedWeights of(FusedOperation operation, Weights weights) {
        var node = operation.node();
        var parameters = node.parameters();
        var kernel = weights.get(node.name() + "/" + parameters.getFirst().name());
        var bias = parameters.size() > 1
                ? weights.get(node.name() + "/bias").toArray()
                : new float[node.output().channels()];
        var norm = operation.norm();
        if (norm == null) {
            return new FoldedWeights(kernel, bias, null);
        }
        var scale = scale(norm, weights);
        var beta = weights.get(norm.name() + "/beta");
        var mean = weights.get(norm.name() + "/moving_mean");
        for (int c = 0; c < bias.length; c++) {
            bias[c] = (float) ((bias[c] - (double) mean.get(c)) * scale[c] + beta.get(c));
        }
        return new FoldedWeights(kernel, bias, scale);
    }

    @Override
    public void copy(int row, float[] target, int offset) {
        kernel.copyTo(row * bias.length, target, offset, bias.length);
        if (scale != null) {
            for (int c = 0; c < scale.length; c++) {
                target[offset + c] = (float) (target[offset + c] * scale[c]);
            }
        }
    }

    /// All rows, row-major, output channels innermost.
    float[] kernel() {
        var rows = new float[kernel.size()];
        for (int row = 0; row < kernel.size() / bias.length; row++) {
            copy(row, rows, row * bias.length);
        }
        return rows;
    }

    /// To be called when a kernel has packed the rows.
    void unload() {
        kernel.unload();
    }

    /// A value for each output channel.
    float[] bias() {
        return bias;
    }

    /// `gamma / sqrt(variance + epsilon)` for each channel.
    static double[] scale(Node norm, Weights weights) {
        double epsilon = ((BatchNorm) norm.layer()).epsilon();
        var gamma = weights.get(norm.name() + "/gamma");
        var variance = weights.get(norm.name() + "/moving_variance");
        var scale = new double[gamma.size()];
        for (int c = 0; c < scale.length; c++) {
            scale[c] = gamma.get(c) / Math.sqrt(variance.get(c) + epsilon);
        }
        return scale;
    }
}
