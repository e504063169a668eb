package org.mobilenet4j.formats;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.tensorflow.lite.schema.AddOptions;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ConcatenationOptions;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.DepthwiseConv2DOptions;
import org.tensorflow.lite.schema.FullyConnectedOptions;
import org.tensorflow.lite.schema.Metadata;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.MulOptions;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.Pool2DOptions;
import org.tensorflow.lite.schema.QuantizationDetails;
import org.tensorflow.lite.schema.QuantizationParameters;
import org.tensorflow.lite.schema.ReducerOptions;
import org.tensorflow.lite.schema.ResizeBilinearOptions;
import org.tensorflow.lite.schema.SoftmaxOptions;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.Tensor;
import org.tensorflow.lite.schema.TensorType;

/// Writes TFLite files, tensor by tensor and operator by operator, for tests of the reader and for TFLite itself.
///
/// Tensors are named by their place in the file, which the methods return. The codes are those of TFLite's schema.
public final class TfliteBuilder {
    private record TensorPart(String name, int type, ByteBuffer data, List<Integer> dims) {}

    private record OperatorPart(
            int code,
            String custom,
            List<Integer> inputs,
            int output,
            int optionsType,
            ToIntFunction<FlatBufferBuilder> options,
            ByteBuffer customOptions) {}

    /// What makes a tensor's quantization parameters.
    private interface Scales {
        int write(FlatBufferBuilder to);
    }

    private final List<TensorPart> tensors = new ArrayList<>();
    private final Map<Integer, Scales> quantized = new HashMap<>();
    private final List<OperatorPart> operators = new ArrayList<>();
    private boolean isOld;
    private byte[] metadata = {};

    /// A feature map of floats.
    public int map(String name, int... dims) {
        return tensor(name, TensorType.FLOAT32, new byte[0], dims);
    }

    /// Constant floats.
    public int floats(String name, float[] values, int... dims) {
        var bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return tensor(name, TensorType.FLOAT32, bytes.array(), dims);
    }

    int halves(String name, float[] values, int... dims) {
        var bytes = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putShort(Float.floatToFloat16(value));
        }
        return tensor(name, TensorType.FLOAT16, bytes.array(), dims);
    }

    public int ints(String name, int[] values, int... dims) {
        var bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return tensor(name, TensorType.INT32, bytes.array(), dims);
    }

    public int tensor(String name, int type, byte[] data, int... dims) {
        tensors.add(new TensorPart(name, type, ByteBuffer.wrap(data), list(dims)));
        return tensors.size() - 1;
    }

    /// Gives a tensor of integers its scale and zero point, or one for each index of `axis`.
    public int quantize(int tensor, float[] scales, long[] zeroPoints, int axis) {
        quantized.put(
                tensor,
                to -> QuantizationParameters.createQuantizationParameters(
                        to,
                        0,
                        0,
                        QuantizationParameters.createScaleVector(to, scales),
                        QuantizationParameters.createZeroPointVector(to, zeroPoints),
                        QuantizationDetails.NONE,
                        0,
                        axis));
        return tensor;
    }

    /// A convolution; the kernel is `O x H x W x I`.
    public int conv(
            int input, int kernel, int bias, int output, int padding, int strideH, int strideW, int activation) {
        return operator(
                BuiltinOperator.CONV_2D,
                output,
                BuiltinOptions.Conv2DOptions,
                to -> Conv2DOptions.createConv2DOptions(to, (byte) padding, strideW, strideH, (byte) activation, 1, 1),
                input,
                kernel,
                bias);
    }

    /// A depthwise convolution; the kernel is `1 x H x W x C`.
    public int depthwise(int input, int kernel, int bias, int output, int padding, int stride, int activation) {
        return depthwise(input, kernel, bias, output, padding, stride, activation, 1);
    }

    /// A depthwise convolution with `multiplier` outputs for each input channel; the kernel is `1 x H x W x (C * m)`.
    public int depthwise(
            int input, int kernel, int bias, int output, int padding, int stride, int activation, int multiplier) {
        return depthwise(input, kernel, bias, output, padding, stride, stride, activation, multiplier);
    }

    /// The same with a stride that may differ between rows and columns.
    public int depthwise(
            int input,
            int kernel,
            int bias,
            int output,
            int padding,
            int strideH,
            int strideW,
            int activation,
            int multiplier) {
        return operator(
                BuiltinOperator.DEPTHWISE_CONV_2D,
                output,
                BuiltinOptions.DepthwiseConv2DOptions,
                to -> DepthwiseConv2DOptions.createDepthwiseConv2DOptions(
                        to, (byte) padding, strideW, strideH, multiplier, (byte) activation, 1, 1),
                input,
                kernel,
                bias);
    }

    /// A fully connected layer; the kernel is `O x I`.
    public int dense(int input, int kernel, int bias, int output, int activation) {
        return operator(
                BuiltinOperator.FULLY_CONNECTED,
                output,
                BuiltinOptions.FullyConnectedOptions,
                to -> FullyConnectedOptions.createFullyConnectedOptions(to, (byte) activation, (byte) 0, false, false),
                input,
                kernel,
                bias);
    }

    /// Pooling, average or maximum.
    public int pool(int code, int input, int output, int padding, int stride, int rows, int columns) {
        return pool(code, input, output, padding, stride, stride, rows, columns);
    }

    /// The same with a stride that may differ between rows and columns.
    public int pool(int code, int input, int output, int padding, int strideH, int strideW, int rows, int columns) {
        return operator(
                code,
                output,
                BuiltinOptions.Pool2DOptions,
                to -> Pool2DOptions.createPool2DOptions(to, (byte) padding, strideW, strideH, columns, rows, (byte) 0),
                input);
    }

    /// The mean over `axes`, a tensor of integers.
    int mean(int input, int axes, int output, boolean keepsDims) {
        return operator(
                BuiltinOperator.MEAN,
                output,
                BuiltinOptions.ReducerOptions,
                to -> ReducerOptions.createReducerOptions(to, keepsDims),
                input,
                axes);
    }

    public int add(int a, int b, int output, int activation) {
        return operator(
                BuiltinOperator.ADD,
                output,
                BuiltinOptions.AddOptions,
                to -> AddOptions.createAddOptions(to, (byte) activation, false),
                a,
                b);
    }

    int multiply(int a, int b, int output, int activation) {
        return operator(
                BuiltinOperator.MUL,
                output,
                BuiltinOptions.MulOptions,
                to -> MulOptions.createMulOptions(to, (byte) activation),
                a,
                b);
    }

    int resize(int input, int size, int output, boolean alignsCorners, boolean halfPixels) {
        return operator(
                BuiltinOperator.RESIZE_BILINEAR,
                output,
                BuiltinOptions.ResizeBilinearOptions,
                to -> ResizeBilinearOptions.createResizeBilinearOptions(to, alignsCorners, halfPixels),
                input,
                size);
    }

    public int concatenate(int axis, int output, int... inputs) {
        return operator(
                BuiltinOperator.CONCATENATION,
                output,
                BuiltinOptions.ConcatenationOptions,
                to -> ConcatenationOptions.createConcatenationOptions(to, axis, (byte) 0),
                inputs);
    }

    /// Softmax over the last axis.
    public int softmax(int input, int output, float beta) {
        return operator(
                BuiltinOperator.SOFTMAX,
                output,
                BuiltinOptions.SoftmaxOptions,
                to -> SoftmaxOptions.createSoftmaxOptions(to, beta),
                input);
    }

    public int plain(int code, int output, int... inputs) {
        return operator(code, output, BuiltinOptions.NONE, to -> 0, inputs);
    }

    public int custom(String name, int output, int... inputs) {
        return custom(name, new byte[0], output, inputs);
    }

    /// A custom operator with options in a format of its own.
    public int custom(String name, byte[] options, int output, int... inputs) {
        operators.add(new OperatorPart(
                BuiltinOperator.CUSTOM,
                name,
                list(inputs),
                output,
                BuiltinOptions.NONE,
                to -> 0,
                ByteBuffer.wrap(options)));
        return output;
    }

    private int operator(
            int code, int output, int optionsType, ToIntFunction<FlatBufferBuilder> options, int... inputs) {
        operators.add(new OperatorPart(code, "", list(inputs), output, optionsType, options, ByteBuffer.allocate(0)));
        return output;
    }

    /// Writes operators' codes as converters did before 2020: in a field of one byte alone.
    public TfliteBuilder withOldCodes() {
        isOld = true;
        return this;
    }

    TfliteBuilder withMetadata(byte[] bytes) {
        metadata = bytes;
        return this;
    }

    /// The file: a buffer for each tensor behind the empty first one, an operator code for each operator.
    public byte[] build(int input, int... outputs) {
        var to = new FlatBufferBuilder(1024);
        var buffers = new ArrayList<Integer>();
        buffers.add(Buffer.createBuffer(to, Buffer.createDataVector(to, new byte[0])));
        for (var tensor : tensors) {
            to.startVector(1, tensor.data().capacity(), 16);
            for (int i = tensor.data().capacity() - 1; i >= 0; i--) {
                to.addByte(tensor.data().get(i));
            }
            buffers.add(Buffer.createBuffer(to, to.endVector()));
        }
        buffers.add(Buffer.createBuffer(to, Buffer.createDataVector(to, metadata)));
        int buffersVector = Model.createBuffersVector(to, ints(buffers));
        int codesVector = Model.createOperatorCodesVector(
                to, operators.stream().mapToInt(part -> code(to, part)).toArray());
        int subgraphs = Model.createSubgraphsVector(to, new int[] {graph(to, input, outputs)});
        int description = to.createString("made for a test");
        int metadataVector = metadata.length == 0
                ? 0
                : Model.createMetadataVector(to, new int[] {
                    Metadata.createMetadata(to, to.createString("TFLITE_METADATA"), buffers.size() - 1)
                });
        int model = Model.createModel(to, 3, codesVector, subgraphs, description, buffersVector, 0, metadataVector, 0);
        Model.finishModelBuffer(to, model);
        return to.sizedByteArray();
    }

    private int graph(FlatBufferBuilder to, int input, int... results) {
        var tensorOffsets = new int[tensors.size()];
        for (int i = 0; i < tensorOffsets.length; i++) {
            var part = tensors.get(i);
            int name = to.createString(part.name());
            int shape = Tensor.createShapeVector(to, ints(part.dims()));
            int quantization = quantized.containsKey(i) ? quantized.get(i).write(to) : 0;
            tensorOffsets[i] = Tensor.createTensor(
                    to,
                    shape,
                    (byte) part.type(),
                    part.data().capacity() == 0 ? 0 : i + 1,
                    name,
                    quantization,
                    false,
                    0,
                    0,
                    true,
                    0);
        }
        var operatorOffsets = new int[operators.size()];
        for (int i = 0; i < operatorOffsets.length; i++) {
            var part = operators.get(i);
            int options = part.options().applyAsInt(to);
            int inputs = Operator.createInputsVector(to, ints(part.inputs()));
            int outputs = Operator.createOutputsVector(to, new int[] {part.output()});
            int custom = part.customOptions().capacity() == 0
                    ? 0
                    : Operator.createCustomOptionsVector(to, part.customOptions());
            operatorOffsets[i] = Operator.createOperator(
                    to, i, inputs, outputs, (byte) part.optionsType(), options, custom, (byte) 0, 0, 0);
        }
        int tensorsVector = SubGraph.createTensorsVector(to, tensorOffsets);
        int operatorsVector = SubGraph.createOperatorsVector(to, operatorOffsets);
        int inputs = SubGraph.createInputsVector(to, new int[] {input});
        int ends = SubGraph.createOutputsVector(to, results);
        return SubGraph.createSubGraph(to, tensorsVector, inputs, ends, operatorsVector, 0);
    }

    private int code(FlatBufferBuilder to, OperatorPart part) {
        int custom = part.custom().isEmpty() ? 0 : to.createString(part.custom());
        return OperatorCode.createOperatorCode(
                to, (byte) Math.min(part.code(), 127), custom, 1, isOld ? 0 : part.code());
    }

    private static List<Integer> list(int... values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    /// 0, 1, 2, ...
    public static float[] counting(int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i;
        }
        return values;
    }
}
