package org.mobilenet4j.formats;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// Brings an ONNX file's weights into the orders that are used here, as copies.
///
/// | | ONNX | here |
/// |---|---|---|
/// | convolution | `O x I x H x W` | `H x W x I x O` |
/// | depthwise | `(C * m) x 1 x H x W` | `H x W x C x m` |
/// | dense | `I x O`, or `O x I` | `I x O` |
/// | all others | `C` | `C` |
final class OnnxKernels {
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private long copiesLeft;

    /// @param fileBytes bounds what is copied, so that no small file with one large tensor for a
    ///     thousand operators fills the memory
    OnnxKernels(long fileBytes) {
        this.copiesLeft = fileBytes;
    }

    /// What `network` needs of them: a graph may hold operators that lead nowhere.
    Weights weights(Network network) {
        var needed = new LinkedHashMap<>(weights);
        needed.keySet().retainAll(network.parameters().keySet());
        return new Weights(needed);
    }

    void addConv(String layer, Tensor kernel) {
        var dims = kernel.dims();
        add(layer + "/kernel", outputsLast(kernel), dims.get(2), dims.get(3), dims.get(1), dims.get(0));
    }

    void addDepthwise(String layer, Tensor kernel, int inputChannels) {
        var dims = kernel.dims();
        add(
                layer + "/depthwise_kernel",
                outputsLast(kernel),
                dims.get(2),
                dims.get(3),
                inputChannels,
                dims.get(0) / inputChannels);
    }

    /// `O x I x taps` to `taps x I x O`.
    private float[] outputsLast(Tensor kernel) {
        var from = copy(kernel);
        int outputs = kernel.dims().get(0);
        int inputs = kernel.dims().get(1);
        int taps = from.length / outputs / inputs;
        var to = new float[from.length];
        for (int tap = 0; tap < taps; tap++) {
            for (int i = 0; i < inputs; i++) {
                for (int o = 0; o < outputs; o++) {
                    to[(tap * inputs + i) * outputs + o] = from[(o * inputs + i) * taps + tap];
                }
            }
        }
        return to;
    }

    /// @param outputsFirst whether the kernel is `O x I`
    /// @param place of the `k`-th input here
    void addDense(String layer, Tensor kernel, boolean outputsFirst, IntUnaryOperator place) {
        var from = copy(kernel);
        int inputs = kernel.dims().get(outputsFirst ? 1 : 0);
        int outputs = from.length / inputs;
        var to = new float[from.length];
        for (int i = 0; i < inputs; i++) {
            int row = place.applyAsInt(i) * outputs;
            for (int o = 0; o < outputs; o++) {
                to[row + o] = outputsFirst ? from[o * inputs + i] : from[i * outputs + o];
            }
        }
        add(layer + "/kernel", to, inputs, outputs);
    }

    /// A value for each channel, whatever dimensions of 1 stand around it.
    void addVector(String name, Tensor vector) {
        add(name, copy(vector), vector.size());
    }

    private void add(String name, float[] values, int... dims) {
        weights.put(name, Tensor.of(values, dims));
    }

    private float[] copy(Tensor tensor) {
        copiesLeft -= (long) tensor.size() * ElementType.FLOAT16.bytes();
        if (copiesLeft < 0) {
            throw new IllegalArgumentException("uses its weights over and over, in more layers than its size allows");
        }
        return tensor.toArray();
    }
}
