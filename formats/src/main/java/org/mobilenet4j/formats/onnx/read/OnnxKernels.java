package org.mobilenet4j.formats.onnx.read;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Tensor;

/// Copies an ONNX file's weights into this library's layouts.
///
/// | | ONNX | here |
/// |---|---|---|
/// | convolution | `O x I x H x W` | `H x W x I x O` |
/// | depthwise | `(C * m) x 1 x H x W` | `H x W x C x m` |
/// | dense | `I x O`, or `O x I` | `I x O` |
/// | all others | `C` | `C` |
final class OnnxKernels {
    private static final ValueLayout.OfInt INT32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// Two floats that are the same product, rounded differently, differ by less.
    private static final float SAME_SCALE = 1e-5f;

    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private final boolean keepsWholes;
    private long copiesLeft;

    /// @param fileBytes bounds what is copied, so that a small file whose thousand operators share one large
    ///     tensor cannot fill the memory
    /// @param keepsWholes whether quantized kernels stay quantized or become floats
    OnnxKernels(long fileBytes, boolean keepsWholes) {
        this.copiesLeft = fileBytes;
        this.keepsWholes = keepsWholes;
    }

    /// The weights that `network` uses: a graph may contain operators that lead nowhere.
    Weights weights(Network network) {
        var needed = new LinkedHashMap<>(weights);
        needed.keySet().retainAll(network.parameters().keySet());
        return new Weights(needed);
    }

    void addConv(String layer, Tensor kernel) {
        var dims = kernel.dims();
        add(layer + "/kernel", kernel, outputsLast(kernel), dims.get(2), dims.get(3), dims.get(1), dims.get(0));
    }

    void addDepthwise(String layer, Tensor kernel, int inputChannels) {
        var dims = kernel.dims();
        add(
                layer + "/depthwise_kernel",
                kernel,
                outputsLast(kernel),
                dims.get(2),
                dims.get(3),
                inputChannels,
                dims.get(0) / inputChannels);
    }

    /// The index in `O x I x taps` of each value of `taps x I x O`.
    private static IntUnaryOperator outputsLast(Tensor kernel) {
        int outputs = kernel.dims().get(0);
        int inputs = kernel.dims().get(1);
        int taps = kernel.size() / outputs / inputs;
        return k -> (k % outputs * inputs + k / outputs % inputs) * taps + k / outputs / inputs;
    }

    /// @param outputsFirst whether the kernel is `O x I`
    /// @param place position of the `k`-th input in this library's order
    void addDense(String layer, Tensor kernel, boolean outputsFirst, IntUnaryOperator place) {
        int inputs = kernel.dims().get(outputsFirst ? 1 : 0);
        int outputs = kernel.size() / inputs;
        var rows = new int[inputs];
        for (int i = 0; i < inputs; i++) {
            rows[place.applyAsInt(i)] = i;
        }
        add(
                layer + "/kernel",
                kernel,
                k -> outputsFirst
                        ? k % outputs * inputs + rows[k / outputs]
                        : rows[k / outputs] * outputs + k % outputs,
                inputs,
                outputs);
    }

    /// A dense layer that is applied to each pixel.
    ///
    /// @param outputsFirst whether the kernel is `O x I`
    void addPointwise(String layer, Tensor kernel, boolean outputsFirst) {
        int inputs = kernel.dims().get(outputsFirst ? 1 : 0);
        int outputs = kernel.size() / inputs;
        add(
                layer + "/kernel",
                kernel,
                k -> outputsFirst ? k % outputs * inputs + k / outputs : k,
                1,
                1,
                inputs,
                outputs);
    }

    /// A tensor in this library's layout.
    void put(String name, Tensor tensor) {
        weights.put(name, tensor);
    }

    /// One value per channel; dimensions of 1 are ignored.
    void addVector(String name, Tensor vector) {
        weights.put(name, Tensor.of(copy(vector), vector.size()));
    }

    /// A quantized bias (int32), in the scale of the products that it is added to.
    ///
    /// @param bias one value per output channel
    /// @param input the scale of the layer's input
    /// @throws IllegalArgumentException if a value is too large for 32 bits in that scale
    void addBias(String layer, Tensor bias, float input) {
        var kernel = weights.getOrDefault(layer + "/kernel", weights.get(layer + "/depthwise_kernel"));
        if (kernel == null || kernel.quantization().isEmpty()) {
            throw new BadValueException("has the layer " + layer + " with a float kernel in a quantized network; only"
                    + " networks that are float or quantized throughout are supported");
        }
        var scales = kernel.quantization().get().scales();
        for (int c = 0; c < scales.length; c++) {
            scales[c] *= input;
        }
        var here = Quantization.perChannel(scales, new int[scales.length]);
        var numbers = MemorySegment.ofArray(new byte[BadValueException.toInt((long) bias.size() * Integer.BYTES)]);
        for (int c = 0; c < bias.size(); c++) {
            numbers.setAtIndex(INT32, c, stored(layer, bias, c, here.scale(c)));
        }
        weights.put(layer + "/bias", Tensor.of(numbers, ElementType.INT32, List.of(bias.size()), here));
    }

    /// Integers stay unchanged if their scale is the required one, up to rounding.
    private static int stored(String layer, Tensor bias, int channel, float scale) {
        if (bias.type() == ElementType.INT32) {
            float own = bias.quantization().orElseThrow().scale(channel);
            if (Math.abs(own - scale) <= SAME_SCALE * scale) {
                return bias.quantizedValue(channel);
            }
        }
        double number = Math.rint(bias.get(channel) / (double) scale);
        if (!(Math.abs(number) <= Integer.MAX_VALUE)) {
            throw new BadValueException("has the bias " + bias.get(channel) + " in the layer " + layer
                    + ", which does not fit in 32 bits at the scale " + scale);
        }
        return (int) number;
    }

    /// A kernel in another layout.
    ///
    /// @param source index of each value in `kernel`
    private void add(String name, Tensor kernel, IntUnaryOperator source, int... dims) {
        if (kernel.quantization().isEmpty()) {
            var from = copy(kernel);
            var to = new float[from.length];
            for (int k = 0; k < to.length; k++) {
                to[k] = from[source.applyAsInt(k)];
            }
            weights.put(name, Tensor.of(to, dims));
            return;
        }
        if (kernel.type().bytes() != 1) {
            throw new BadValueException(
                    "has a kernel of " + kernel.type() + "; only float, INT8 and UINT8 kernels are supported");
        }
        count(kernel);
        var numbers = new byte[kernel.size()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = (byte) kernel.quantizedValue(source.applyAsInt(k));
        }
        var list = Arrays.stream(dims).boxed().toList();
        var ordered = Tensor.of(
                MemorySegment.ofArray(numbers),
                kernel.type(),
                list,
                kernel.quantization().get());
        weights.put(name, keepsWholes ? ordered : Tensor.of(ordered.toArray(), dims));
    }

    private float[] copy(Tensor tensor) {
        count(tensor);
        return tensor.toArray();
    }

    /// Room for integers that are quantized from floats.
    byte[] bytes(int size) {
        count(size);
        return new byte[size];
    }

    private void count(Tensor tensor) {
        count((long) tensor.size() * Math.min(tensor.type().bytes(), ElementType.FLOAT16.bytes()));
    }

    private void count(long bytes) {
        copiesLeft -= bytes;
        if (copiesLeft < 0) {
            throw new BadValueException("uses the same weights over and over, in more layers than its size allows");
        }
    }
}
