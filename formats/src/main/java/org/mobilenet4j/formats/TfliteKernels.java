package org.mobilenet4j.formats;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// Brings a TFLite file's weights into the orders that are used here: what is ordered alike stays a slice of the file,
/// the rest is copied.
///
/// | | TFLite | here |
/// |---|---|---|
/// | convolution | `O x H x W x I` | `H x W x I x O`, copied |
/// | depthwise | `1 x H x W x (C * m)` | `H x W x C x m`, a slice |
/// | dense | `O x I` | `I x O`, copied |
/// | bias | `O` | `O`, a slice |
final class TfliteKernels {
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private long copiesLeft;

    /// @param fileBytes bounds what is copied, so that no small file with one large tensor for a thousand operators
    ///     fills the memory
    TfliteKernels(long fileBytes) {
        this.copiesLeft = fileBytes;
    }

    Weights weights() {
        return new Weights(weights);
    }

    void addConv(String layer, Tensor kernel) {
        var dims = kernel.dims();
        int outputs = dims.getFirst();
        add(layer, "kernel", outputsLast(kernel), dims.get(1), dims.get(2), dims.get(3), outputs);
    }

    void addDense(String layer, Tensor kernel) {
        int outputs = kernel.dims().getFirst();
        add(layer, "kernel", outputsLast(kernel), kernel.size() / outputs, outputs);
    }

    void addDepthwise(String layer, Tensor kernel, int inputChannels) {
        var dims = kernel.dims();
        weights.put(
                layer + "/depthwise_kernel",
                Tensor.of(
                        kernel.bytes(),
                        kernel.type(),
                        List.of(dims.get(1), dims.get(2), inputChannels, dims.get(3) / inputChannels)));
    }

    void addBias(String layer, Tensor bias) {
        weights.put(layer + "/bias", bias);
    }

    private void add(String layer, String parameter, float[] values, int... dims) {
        weights.put(layer + "/" + parameter, Tensor.of(values, dims));
    }

    /// The transpose of `kernel` as a matrix with a row for each output.
    private float[] outputsLast(Tensor kernel) {
        copiesLeft -= (long) kernel.size() * ElementType.FLOAT16.bytes();
        if (copiesLeft < 0) {
            throw new IllegalArgumentException("uses its weights over and over, in more layers than its size allows");
        }
        int outputs = kernel.dims().getFirst();
        int inputs = kernel.size() / outputs;
        var values = kernel.toArray();
        var transposed = new float[values.length];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                transposed[i * outputs + o] = values[o * inputs + i];
            }
        }
        return transposed;
    }
}
