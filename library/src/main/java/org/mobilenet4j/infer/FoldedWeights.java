package org.mobilenet4j.infer;

import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.model.Weights;

/// A linear layer's kernel and bias with the batch normalisation behind it multiplied in, in double precision:
/// `kernel' = kernel * s` and `bias' = (bias - mean) * s + beta` with `s = gamma / sqrt(variance + epsilon)` for each
/// output channel.
final class FoldedWeights {
    private final float[] kernel;
    private final float[] bias;

    private FoldedWeights(float[] kernel, float[] bias) {
        this.kernel = kernel;
        this.bias = bias;
    }

    static FoldedWeights of(Fused operation, Weights weights) {
        var node = operation.node();
        var parameters = node.parameters();
        var kernel =
                weights.get(node.name() + "/" + parameters.getFirst().name()).toArray();
        var bias = parameters.size() > 1
                ? weights.get(node.name() + "/bias").toArray()
                : new float[node.output().channels()];
        var norm = operation.norm();
        if (norm != null) {
            fold(kernel, bias, norm, weights);
        }
        return new FoldedWeights(kernel, bias);
    }

    /// Row-major, output channels innermost.
    float[] kernel() {
        return kernel;
    }

    /// A value for each output channel.
    float[] bias() {
        return bias;
    }

    private static void fold(float[] kernel, float[] bias, Node norm, Weights weights) {
        var scale = scale(norm, weights);
        var beta = weights.get(norm.name() + "/beta");
        var mean = weights.get(norm.name() + "/moving_mean");
        for (int c = 0; c < bias.length; c++) {
            bias[c] = (float) ((bias[c] - (double) mean.get(c)) * scale[c] + beta.get(c));
        }
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) (kernel[i] * scale[i % bias.length]);
        }
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
