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

    /// Of each output channel.
    private final int[] zeroPoints;

    /// What is left of a byte as an integer.
    private final int mask;

    private QuantizedWeights(Tensor kernel, Quantization quantization, int[] bias) {
        this.kernel = kernel;
        this.quantization = quantization;
        this.bias = bias;
        this.row = new byte[bias.length];
        this.mask = kernel.type() == ElementType.UINT8 ? 0xFF : -1;
        this.zeroPoints = new int[bias.length];
        for (int c = 0; c < bias.length; c++) {
            zeroPoints[c] = quantization.zeroPoint(c);
        }
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
        load(number);
        widen(row, mask, zeroPoints, target, offset);
    }

    /// An upper bound of the magnitude of any sum of products, or part of one, with inputs of magnitude up to `most`.
    long largestSum(int most) {
        var sums = new long[row.length];
        for (int i = 0; i < kernel.size() / row.length; i++) {
            load(i);
            addMagnitudes(row, mask, zeroPoints, sums);
        }
        return Arrays.stream(sums).max().orElseThrow() * most;
    }

    private void load(int number) {
        kernel.copyBytes(number * row.length, row, row.length);
    }

    /// A loop in a method of its own, as is the next: a start runs each only a few thousand times, most of them before
    /// the JIT has compiled anything that is larger.
    private static void widen(byte[] row, int mask, int[] zeroPoints, float[] target, int offset) {
        for (int c = 0; c < row.length; c++) {
            target[offset + c] = (row[c] & mask) - zeroPoints[c];
        }
    }

    private static void addMagnitudes(byte[] row, int mask, int[] zeroPoints, long[] sums) {
        for (int c = 0; c < row.length; c++) {
            int weight = (row[c] & mask) - zeroPoints[c];
            sums[c] += weight < 0 ? -weight : weight;
        }
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
