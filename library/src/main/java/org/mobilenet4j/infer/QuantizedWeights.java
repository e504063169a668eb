package org.mobilenet4j.infer;

import java.util.Arrays;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Tensor;

/// The kernel of a quantized linear layer, as integers less their zero points, and its bias.
final class QuantizedWeights implements WeightRows {
    private final Tensor kernel;
    private final Quantization quantization;
    private final int[] bias;

    private QuantizedWeights(Tensor kernel, Quantization quantization, int[] bias) {
        this.kernel = kernel;
        this.quantization = quantization;
        this.bias = bias;
    }

    static QuantizedWeights of(FusedOperation operation, Weights weights) {
        var node = operation.node();
        var parameters = node.parameters();
        var kernel = weights.get(node.name() + "/" + parameters.getFirst().name());
        var bias = new int[node.output().channels()];
        if (parameters.size() > 1) {
            var stored = weights.get(node.name() + "/bias");
            for (int c = 0; c < bias.length; c++) {
                bias[c] = stored.quantizedValue(c);
            }
        }
        return new QuantizedWeights(kernel, kernel.quantization().orElseThrow(), bias);
    }

    @Override
    public void copy(int row, float[] target, int offset) {
        for (int c = 0; c < bias.length; c++) {
            target[offset + c] = get(row * bias.length + c);
        }
    }

    private int get(int index) {
        return kernel.quantizedValue(index) - quantization.zeroPoint(index);
    }

    /// An upper bound of the magnitude of any sum of products, or part of one, with inputs of magnitude up to `most`.
    long largestSum(int most) {
        var sums = new long[bias.length];
        for (int i = 0; i < kernel.size(); i++) {
            sums[i % bias.length] += Math.abs(get(i));
        }
        return Arrays.stream(sums).max().orElseThrow() * most;
    }

    /// To be called once a kernel has packed the rows.
    void unload() {
        kernel.unload();
    }

    /// The quantization of the kernel.
    Quantization quantization() {
        return quantization;
    }

    /// One value per output channel.
    int[] bias() {
        return bias;
    }
}
