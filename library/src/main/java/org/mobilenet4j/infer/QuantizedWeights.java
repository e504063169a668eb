package org.mobilenet4j.infer;

import java.util.Arrays;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Tensor;

/// The kernel of a quantized linear layer, as integers less their zero points, and its bias.
final class QuantizedWeights implements WeightRows {
    private final Tensor kernel;
    private final Quantization quantization;
    private final int[] bias;
    private final byte[] row;

    private QuantizedWeights(Tensor kernel, Quantization quantization, int[] bias) {
        this.kernel = kernel;
        this.quantization = quantization;
        this.bias = bias;
        this.row = new byte[bias.length];
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
    public void copy(int number, float[] target, int offset) {
        kernel.copyBytes(number * row.length, row, row.length);
        int mask = kernel.type() == ElementType.UINT8 ? 0xFF : -1;
        for (int c = 0; c < row.length; c++) {
            target[offset + c] = (row[c] & mask) - quantization.zeroPoint(c);
        }
    }

    /// An upper bound of the magnitude of any sum of products, or part of one, with inputs of magnitude up to `most`.
    long largestSum(int most) {
        var sums = new long[row.length];
        var values = new float[row.length];
        for (int i = 0; i < kernel.size() / row.length; i++) {
            copy(i, values, 0);
            for (int c = 0; c < row.length; c++) {
                sums[c] += (long) Math.abs(values[c]);
            }
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
