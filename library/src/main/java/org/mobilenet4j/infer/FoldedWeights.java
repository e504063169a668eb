package org.mobilenet4j.infer;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.model.BatchNormFolding;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// The kernel and bias of a linear layer with the following batch normalization folded in, read row by row.
final class FoldedWeights implements WeightRows {
    private final Tensor kernel;
    private final float[] bias;
    private final @Nullable BatchNormFolding folding;

    private FoldedWeights(Tensor kernel, float[] bias, @Nullable BatchNormFolding folding) {
        this.kernel = kernel;
        this.bias = bias;
        this.folding = folding;
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
        var folding = new BatchNormFolding((BatchNorm) norm.layer(), weights);
        folding.foldBias(bias);
        return new FoldedWeights(kernel, bias, folding);
    }

    @Override
    public void copy(int row, float[] target, int offset) {
        kernel.copyTo(row * bias.length, target, offset, bias.length);
        if (folding != null) {
            folding.foldKernel(target, offset, offset + bias.length);
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

    /// To be called once a kernel has packed the rows.
    void unload() {
        kernel.unload();
    }

    /// One value per output channel.
    float[] bias() {
        return bias;
    }
}
