package org.mobilenet4j.formats.tflite.read;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// Converts a TFLite file's weights to this library's layouts: weights of the same layout remain a slice of the file,
/// the others are copied.
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

    /// @param fileBytes bounds what is copied, so that a small file whose thousand operators share one large
    ///     tensor cannot fill the memory
    TfliteKernels(long fileBytes) {
        this.copiesLeft = fileBytes;
    }

    Weights weights() {
        return new Weights(weights);
    }

    /// A tensor in this library's layout.
    void add(String name, Tensor tensor) {
        weights.put(name, tensor);
    }

    void addConv(String layer, Tensor kernel) {
        var dims = kernel.dims();
        weights.put(
                layer + "/kernel",
                outputsLast(kernel, List.of(dims.get(1), dims.get(2), dims.get(3), dims.getFirst())));
    }

    void addDense(String layer, Tensor kernel) {
        int outputs = kernel.dims().getFirst();
        weights.put(layer + "/kernel", outputsLast(kernel, List.of(kernel.size() / outputs, outputs)));
    }

    void addDepthwise(String layer, Tensor kernel, int inputChannels) {
        var dims = kernel.dims();
        var here = List.of(dims.get(1), dims.get(2), inputChannels, dims.get(3) / inputChannels);
        weights.put(
                layer + "/depthwise_kernel",
                kernel.quantization()
                        .map(scales -> Tensor.of(kernel.bytes(), kernel.type(), here, scales))
                        .orElseGet(() -> Tensor.of(kernel.bytes(), kernel.type(), here)));
    }

    void addBias(String layer, Tensor bias) {
        weights.put(layer + "/bias", bias);
    }

    /// The transpose of `kernel` as a matrix with a row for each output, with dimensions `dims`.
    private Tensor outputsLast(Tensor kernel, List<Integer> dims) {
        copiesLeft -= (long) kernel.size() * Math.min(kernel.type().bytes(), ElementType.FLOAT16.bytes());
        if (copiesLeft < 0) {
            throw new BadValueException("uses the same weights over and over, in more layers than its size allows");
        }
        int outputs = kernel.dims().getFirst();
        int inputs = kernel.size() / outputs;
        var scales = kernel.quantization();
        if (scales.isPresent()) {
            if (kernel.type().bytes() != 1) {
                throw new BadValueException(
                        "has a kernel of " + kernel.type() + "; only float, INT8 and UINT8 kernels are supported");
            }
            var stored = new byte[kernel.size()];
            kernel.copyBytes(0, stored, stored.length);
            var transposed = new byte[stored.length];
            for (int o = 0; o < outputs; o++) {
                scatter(stored, o * inputs, inputs, transposed, o, outputs);
            }
            return Tensor.of(MemorySegment.ofArray(transposed), kernel.type(), dims, scales.get());
        }
        var values = kernel.toArray();
        var transposed = new float[values.length];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                transposed[i * outputs + o] = values[o * inputs + i];
            }
        }
        return Tensor.of(transposed, dims.stream().mapToInt(Integer::intValue).toArray());
    }

    /// A loop in a method of its own: the JIT compiles it sooner than one within another.
    private static void scatter(byte[] values, int from, int count, byte[] target, int first, int stride) {
        for (int i = 0; i < count; i++) {
            target[first + i * stride] = values[from + i];
        }
    }
}
