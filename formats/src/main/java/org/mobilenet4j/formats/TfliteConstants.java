package org.mobilenet4j.formats;

import java.util.List;
import java.util.function.Supplier;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;
import org.tensorflow.lite.schema.TensorType;

/// Brings weights into a TFLite file, in the orders that [TfliteKernels] reads. Methods return the tensor that
/// operators read.
final class TfliteConstants {
    private final TfliteTables tables;
    private final Weights weights;
    private final ElementType type;

    /// @param type how weights are stored: where that is float16, an operator makes floats of them
    TfliteConstants(TfliteTables tables, Weights weights, ElementType type) {
        this.tables = tables;
        this.weights = weights;
        this.type = type;
    }

    /// A convolution's kernel, `O x H x W x I`.
    int conv(Node node) {
        var name = node.name() + "/kernel";
        var dims = weights.get(name).dims();
        return outputsFirst(name, List.of(dims.get(3), dims.get(0), dims.get(1), dims.get(2)));
    }

    /// A dense layer's kernel, `O x I`.
    int dense(Node node) {
        var name = node.name() + "/kernel";
        return outputsFirst(name, weights.get(name).dims().reversed());
    }

    /// A depthwise convolution's kernel, `1 x H x W x (C * m)`.
    int depthwise(Node node) {
        var name = node.name() + "/depthwise_kernel";
        var kernel = weights.get(name);
        var dims = kernel.dims();
        return values(name, List.of(1, dims.get(0), dims.get(1), dims.get(2) * dims.get(3)), () -> kernel);
    }

    /// A bias: zeros where the layer has none, since not every runtime does without.
    int bias(Node node) {
        var name = node.name() + "/bias";
        int channels = node.output().channels();
        var bias = node.parameters().size() > 1 ? weights.get(name) : Tensor.of(new float[channels], channels);
        return values(name, List.of(channels), () -> bias);
    }

    private int outputsFirst(String name, List<Integer> dims) {
        return values(name, dims, () -> outputsFirst(weights.get(name)));
    }

    private int values(String name, List<Integer> dims, Supplier<Tensor> values) {
        long size = (long) Tensor.elements(dims) * type.bytes();
        var buffer = new TfliteBuffer(size, out -> out.write(name, values.get()));
        return switch (type) {
            case FLOAT32 -> tables.constant(name, TensorType.FLOAT32, dims, buffer);
            case FLOAT16 -> {
                int stored = tables.constant(name, TensorType.FLOAT16, dims, buffer);
                yield tables.add(TfliteOperation.dequantizeHalves(stored, tables.map(name + "_dequantize", dims)));
            }
            case INT8, UINT8, INT32 ->
                throw new IllegalArgumentException("TFLite weights are written in 32 or 16 bits, not as " + type);
        };
    }

    /// The transpose of a kernel as a matrix with a column for each output, which are innermost here.
    private static Tensor outputsFirst(Tensor kernel) {
        int outputs = kernel.dims().getLast();
        int inputs = kernel.size() / outputs;
        var values = kernel.toArray();
        var transposed = new float[values.length];
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < outputs; o++) {
                transposed[o * inputs + i] = values[i * outputs + o];
            }
        }
        return Tensor.of(transposed, transposed.length);
    }
}
