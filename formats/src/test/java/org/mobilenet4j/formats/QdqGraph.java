package org.mobilenet4j.formats;

import static org.mobilenet4j.formats.OnnxBuilder.number;
import static org.mobilenet4j.formats.OnnxBuilder.numbers;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/// Makes quantized ONNX graphs as ONNX Runtime's `quantize_static` makes them of PyTorch's: kernels of INT8 with a
/// scale
/// for each output channel, biases of INT32, every map behind a `QuantizeLinear` and a `DequantizeLinear`.
public final class QdqGraph {
    /// Types of tensors, as ONNX numbers them.
    public static final int UINT8 = 2;

    public static final int INT8 = 3;
    static final int INT32 = 6;

    public final OnnxBuilder b = OnnxBuilder.pytorch(17);
    private final SplittableRandom random = new SplittableRandom(7);
    private final int type;
    private int names;

    /// @param type of maps
    public QdqGraph(int type) {
        this.type = type;
    }

    /// A block of a residual network with all that is quantized, and its classifier.
    public static byte[] bytes() {
        return bytes(UINT8);
    }

    public static byte[] bytes(int type) {
        var q = new QdqGraph(type);
        int zero = type == UINT8 ? 128 : 0;
        var x = q.stored(q.b.input(-1, 3, 10, 10), 1 / 64f, zero);
        // A ReLU that the range of what is stored stands for.
        int least = type == UINT8 ? 0 : -128;
        x = q.stored(q.conv(x, 1 / 64f, 8, 3, 1), 0.04f, least);
        var y = q.stored(q.conv(x, 0.04f, 8, 1, 8), 0.07f, zero);
        y = q.stored(q.b.node("Relu", y), 0.05f, least);
        x = q.stored(q.b.node("Add", List.of(x, y)), 0.06f, least);
        x = q.stored(q.b.node("MaxPool", x, numbers("kernel_shape", 2, 2), numbers("strides", 2, 2)), 0.06f, least);
        y = q.stored(q.conv(x, 0.06f, 6, 8, 1), 0.09f, zero);
        x = q.stored(q.b.node("Concat", List.of(x, y), number("axis", 1)), 0.08f, zero);
        x = q.stored(q.b.node("GlobalAveragePool", x), 0.03f, zero);
        x = q.stored(q.b.node("Flatten", x, number("axis", 1)), 0.03f, zero);
        x = q.stored(
                q.b.node("Gemm", List.of(x, q.kernel(0, 5, 14), q.bias(5, 0.03f)), number("transB", 1)), 0.02f, zero);
        x = q.stored(q.b.node("Softmax", x, number("axis", 1)), 1 / 256f, least);
        return q.b.build(x);
    }

    public String conv(String from, float scale, int filters, int channels, int groups) {
        return b.node(
                "Conv",
                List.of(from, kernel(0, filters, channels, 3, 3), bias(filters, scale)),
                number("group", groups),
                numbers("pads", 1, 1, 1, 1));
    }

    /// A map behind its two operators.
    public String stored(String from, float scale, int zero) {
        return real(whole(from, scale, zero), scale, zero);
    }

    public String whole(String from, float scale, int zero) {
        return b.node("QuantizeLinear", List.of(from, scale(scale), zeroPoint(zero)));
    }

    public String real(String from, float scale, int zero) {
        return b.node("DequantizeLinear", List.of(from, scale(scale), zeroPoint(zero)));
    }

    public String scale(float... scales) {
        return b.floats("s" + names++, scales, scales.length == 1 ? new long[0] : new long[] {scales.length});
    }

    private String zeroPoint(int zero) {
        return constant(type, new byte[] {(byte) zero});
    }

    /// INT8, with a scale for each index of `axis`.
    public String kernel(int axis, long... dims) {
        var bytes = new byte[(int) LongStream.of(dims).reduce(1, (x, y) -> x * y)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(-127, 128);
        }
        int channels = (int) dims[axis];
        return b.node(
                "DequantizeLinear",
                List.of(constant(INT8, bytes, dims), scale(kernelScales(channels)), zeros(channels)),
                number("axis", axis));
    }

    static float[] kernelScales(int channels) {
        var scales = new float[channels];
        for (int c = 0; c < channels; c++) {
            scales[c] = 0.003f + 0.0005f * c;
        }
        return scales;
    }

    private String bias(int channels, float inputScale) {
        var numbers = ByteBuffer.allocate(4 * channels).order(ByteOrder.LITTLE_ENDIAN);
        var scales = kernelScales(channels);
        for (int c = 0; c < channels; c++) {
            numbers.putInt(random.nextInt(-3000, 3000));
            scales[c] *= inputScale;
        }
        return b.node(
                "DequantizeLinear",
                List.of(constant(INT32, numbers.array(), channels), scale(scales)),
                number("axis", 0));
    }

    /// INT8.
    public String zeros(int count) {
        return constant(INT8, new byte[count], count);
    }

    private String constant(int dataType, byte[] raw, long... dims) {
        return b.tensor(
                TensorProto.newBuilder()
                        .setName("c" + names++)
                        .setDataType(dataType)
                        .setRawData(ByteString.copyFrom(raw)),
                dims);
    }
}
