package org.mobilenet4j.formats.tflite.write;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Tensor;
import org.tensorflow.lite.schema.BuiltinOperator;

/// Adds weights to a TFLite file, in the layouts that `TfliteKernels` reads. Methods return the tensor that operators
/// read.
final class TfliteConstants {
    private final TfliteTables tables;
    private final Weights weights;
    private final ElementType type;
    private final boolean isQuantized;

    /// @param type how float weights are stored; float16 weights are dequantized by an operator
    /// @param isQuantized whether operators compute with integers; if not, quantized weights are dequantized by
    ///     an operator
    TfliteConstants(TfliteTables tables, Weights weights, ElementType type, boolean isQuantized) {
        this.tables = tables;
        this.weights = weights;
        this.type = type;
        this.isQuantized = isQuantized;
    }

    /// A convolution's kernel, `O x H x W x I`.
    int conv(Node node) {
        var name = node.name() + "/kernel";
        var kernel = weights.get(name);
        var dims = kernel.dims();
        var ordered = List.of(dims.get(3), dims.get(0), dims.get(1), dims.get(2));
        return values(name, ordered, 0, kernel, TfliteConstants::outputsFirst);
    }

    /// A dense layer's kernel, `O x I`.
    int dense(Node node) {
        var name = node.name() + "/kernel";
        var kernel = weights.get(name);
        return values(name, kernel.dims().reversed(), 0, kernel, TfliteConstants::outputsFirst);
    }

    /// A depthwise convolution's kernel, `1 x H x W x (C * m)`.
    int depthwise(Node node) {
        var name = node.name() + "/depthwise_kernel";
        var kernel = weights.get(name);
        var dims = kernel.dims();
        var ordered = List.of(1, dims.get(0), dims.get(1), dims.get(2) * dims.get(3));
        return values(name, ordered, 3, kernel, UnaryOperator.identity());
    }

    /// A bias: zeros if the layer has none, since not every runtime supports a missing bias.
    ///
    /// @param input the tensor that the layer reads; the scales of zeros depend on its scale
    int bias(Node node, int input) {
        var name = node.name() + "/bias";
        int channels = node.output().channels();
        var bias = node.parameters().size() > 1 ? weights.get(name) : zeros(node, channels, input);
        return values(name, List.of(channels), 0, bias, UnaryOperator.identity());
    }

    /// The slopes of a PReLU, for the channels of a map or of a vector.
    int slopes(Node node, boolean isVector) {
        var name = node.name() + "/alpha";
        int channels = node.output().channels();
        var dims = isVector ? List.of(channels) : List.of(1, 1, channels);
        return values(name, dims, 0, weights.get(name), UnaryOperator.identity());
    }

    private Tensor zeros(Node node, int channels, int input) {
        if (!isQuantized) {
            return Tensor.of(new float[channels], channels);
        }
        var kernel =
                weights.get(node.name() + "/" + node.parameters().getFirst().name());
        var scales = kernel.quantization().orElseThrow().scales();
        for (int c = 0; c < scales.length; c++) {
            scales[c] *= tables.stored(input).scales().scales().getFirst();
        }
        var sums = Quantization.perChannel(scales, new int[scales.length]);
        var bytes = MemorySegment.ofArray(new byte[channels * Integer.BYTES]);
        return Tensor.of(bytes, ElementType.INT32, List.of(channels), sums);
    }

    private int values(String name, List<Integer> dims, int channelAxis, Tensor stored, UnaryOperator<Tensor> order) {
        if (isQuantized || (stored.type().isInteger() && stored.type().bytes() == 1)) {
            long size = (long) stored.size() * stored.type().bytes();
            int whole = tables.constant(
                    name,
                    TfliteTensorType.of(stored, channelAxis),
                    dims,
                    new TfliteBuffer(size, out -> out.write(name, order.apply(stored))));
            return isQuantized ? whole : floats(name, dims, whole);
        }
        var buffer = new TfliteBuffer(
                (long) stored.size() * type.bytes(), out -> out.write(name, order.apply(floats(stored))));
        return switch (type) {
            case FLOAT32 -> tables.constant(name, TfliteTensorType.FLOATS, dims, buffer);
            case FLOAT16 -> floats(name, dims, tables.constant(name, TfliteTensorType.HALVES, dims, buffer));
            case INT8, UINT8, INT32 ->
                throw new BadValueException("TFLite weights are written in 32 or 16 bits, not as " + type);
        };
    }

    private int floats(String name, List<Integer> dims, int stored) {
        int floats = tables.map(name + "_dequantize", dims, TfliteTensorType.FLOATS);
        return tables.add(WrittenOperator.plain(BuiltinOperator.DEQUANTIZE, floats, stored));
    }

    private static Tensor floats(Tensor tensor) {
        return tensor.type().isInteger() ? Tensor.of(tensor.toArray(), tensor.size()) : tensor;
    }

    /// The transpose of a kernel as a matrix with a column for each output; outputs are innermost here.
    private static Tensor outputsFirst(Tensor kernel) {
        int inputs = kernel.size() / outputs(kernel);
        return kernel.type().isInteger() ? bytesOutputsFirst(kernel, inputs) : floatsOutputsFirst(kernel, inputs);
    }

    private static int outputs(Tensor kernel) {
        return kernel.dims().getLast();
    }

    private static Tensor floatsOutputsFirst(Tensor kernel, int inputs) {
        int outputs = outputs(kernel);
        var values = kernel.toArray();
        var transposed = new float[values.length];
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < outputs; o++) {
                transposed[o * inputs + i] = values[i * outputs + o];
            }
        }
        return Tensor.of(transposed, transposed.length);
    }

    private static Tensor bytesOutputsFirst(Tensor kernel, int inputs) {
        int outputs = outputs(kernel);
        var transposed = new byte[kernel.size()];
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < outputs; o++) {
                transposed[o * inputs + i] = (byte) kernel.quantizedValue(i * outputs + o);
            }
        }
        var bytes = MemorySegment.ofArray(transposed);
        return Tensor.of(
                bytes, kernel.type(), kernel.dims(), kernel.quantization().orElseThrow());
    }
}
