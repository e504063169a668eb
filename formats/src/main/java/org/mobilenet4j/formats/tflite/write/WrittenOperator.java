package org.mobilenet4j.formats.tflite.write;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;
import java.util.function.ToIntFunction;
import org.mobilenet4j.arch.BilinearResize.Coordinates;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Nonlinearity.Curve;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.error.BadValueException;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.AddOptions;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ConcatenationOptions;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.DepthwiseConv2DOptions;
import org.tensorflow.lite.schema.FullyConnectedOptions;
import org.tensorflow.lite.schema.GeluOptions;
import org.tensorflow.lite.schema.LeakyReluOptions;
import org.tensorflow.lite.schema.LocalResponseNormalizationOptions;
import org.tensorflow.lite.schema.MulOptions;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.Pool2DOptions;
import org.tensorflow.lite.schema.ReducerOptions;
import org.tensorflow.lite.schema.ResizeBilinearOptions;
import org.tensorflow.lite.schema.SoftmaxOptions;
import org.tensorflow.lite.schema.TensorType;

/// An operator in a TFLite file that is written. Tensors are indices; codes are those of TFLite's schema.
///
/// The version is the first in which TFLite's kernel supports what is asked of it, so that an older runtime reports an
/// error instead of computing something else.
///
/// @param code one of [BuiltinOperator]
/// @param version of the operator, from 1
/// @param inputs indices of the tensors that it reads
/// @param outputs indices of its output tensors
/// @param optionsType one of [BuiltinOptions]
/// @param options writes the table of its options, or the vector of a custom operator's, and returns its position
/// @param name of a custom operator; empty for others
record WrittenOperator(
        int code,
        int version,
        List<Integer> inputs,
        List<Integer> outputs,
        int optionsType,
        ToIntFunction<FlatBufferBuilder> options,
        String name) {
    WrittenOperator {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /// An operator of the schema.
    WrittenOperator(
            int code,
            int version,
            List<Integer> inputs,
            int output,
            int optionsType,
            ToIntFunction<FlatBufferBuilder> options) {
        this(code, version, inputs, List.of(output), optionsType, options, "");
    }

    /// A custom operator.
    ///
    /// @param options FlexBuffers
    static WrittenOperator custom(String name, List<Integer> inputs, List<Integer> outputs, byte[] options) {
        return new WrittenOperator(
                BuiltinOperator.CUSTOM,
                1,
                inputs,
                outputs,
                BuiltinOptions.NONE,
                to -> Operator.createCustomOptionsVector(to, options),
                name);
    }

    boolean isCustom() {
        return !name.isEmpty();
    }

    /// Its only output, or the first.
    int output() {
        return outputs.getFirst();
    }

    /// A convolution.
    ///
    /// @param inputs a feature map, the kernel (`O x H x W x I`) and a bias
    /// @param isGrouped whether the kernel has only a share of the feature map's channels
    static WrittenOperator conv(
            List<Integer> inputs, int output, Window window, int padding, int activation, boolean isGrouped) {
        int dilation = window.dilation();
        return new WrittenOperator(
                BuiltinOperator.CONV_2D,
                isGrouped ? 6 : 1,
                inputs,
                output,
                BuiltinOptions.Conv2DOptions,
                to -> Conv2DOptions.createConv2DOptions(
                        to,
                        (byte) padding,
                        window.strideColumns(),
                        window.strideRows(),
                        (byte) activation,
                        dilation,
                        dilation));
    }

    /// A depthwise convolution.
    ///
    /// @param inputs a feature map, the kernel (`1 x H x W x C * m`) and a bias
    static WrittenOperator depthwise(
            List<Integer> inputs, int output, Window window, int padding, int multiplier, int activation) {
        int dilation = window.dilation();
        return new WrittenOperator(
                BuiltinOperator.DEPTHWISE_CONV_2D,
                dilation == 1 ? 1 : 2,
                inputs,
                output,
                BuiltinOptions.DepthwiseConv2DOptions,
                to -> DepthwiseConv2DOptions.createDepthwiseConv2DOptions(
                        to,
                        (byte) padding,
                        window.strideColumns(),
                        window.strideRows(),
                        multiplier,
                        (byte) activation,
                        dilation,
                        dilation));
    }

    /// A fully connected layer.
    ///
    /// @param inputs a vector, the kernel (`O x I`) and a bias
    static WrittenOperator dense(List<Integer> inputs, int output, int activation) {
        return new WrittenOperator(
                BuiltinOperator.FULLY_CONNECTED,
                1,
                inputs,
                output,
                BuiltinOptions.FullyConnectedOptions,
                to -> FullyConnectedOptions.createFullyConnectedOptions(to, (byte) activation, (byte) 0, false, false));
    }

    /// Pooling.
    ///
    /// @param code `AVERAGE_POOL_2D` or `MAX_POOL_2D`
    static WrittenOperator pool(int code, int input, int output, Window window, int padding, int activation) {
        return new WrittenOperator(
                code,
                1,
                List.of(input),
                output,
                BuiltinOptions.Pool2DOptions,
                to -> Pool2DOptions.createPool2DOptions(
                        to,
                        (byte) padding,
                        window.strideColumns(),
                        window.strideRows(),
                        window.width(),
                        window.height(),
                        (byte) activation));
    }

    /// An addition of two feature maps.
    static WrittenOperator add(int left, int right, int output, int activation) {
        return new WrittenOperator(
                BuiltinOperator.ADD,
                1,
                List.of(left, right),
                output,
                BuiltinOptions.AddOptions,
                to -> AddOptions.createAddOptions(to, (byte) activation, false));
    }

    /// An elementwise multiplication of two feature maps.
    static WrittenOperator multiply(int left, int right, int output, int activation) {
        return new WrittenOperator(
                BuiltinOperator.MUL,
                1,
                List.of(left, right),
                output,
                BuiltinOptions.MulOptions,
                to -> MulOptions.createMulOptions(to, (byte) activation));
    }

    /// A concatenation of feature maps along `axis`.
    static WrittenOperator concatenate(List<Integer> inputs, int output, int axis) {
        return new WrittenOperator(
                BuiltinOperator.CONCATENATION,
                1,
                inputs,
                output,
                BuiltinOptions.ConcatenationOptions,
                to -> ConcatenationOptions.createConcatenationOptions(to, axis, ActivationFunctionType.NONE));
    }

    /// Softmax over the last axis.
    static WrittenOperator softmax(int input, int output) {
        return new WrittenOperator(
                BuiltinOperator.SOFTMAX,
                1,
                List.of(input),
                output,
                BuiltinOptions.SoftmaxOptions,
                to -> SoftmaxOptions.createSoftmaxOptions(to, 1));
    }

    /// `in[c] / (bias + alpha * sum over |j - c| <= radius of in[j]^2) ^ beta`.
    static WrittenOperator responseNorm(int input, int output, int radius, float bias, float alpha, float beta) {
        return new WrittenOperator(
                BuiltinOperator.LOCAL_RESPONSE_NORMALIZATION,
                1,
                List.of(input),
                output,
                BuiltinOptions.LocalResponseNormalizationOptions,
                to -> LocalResponseNormalizationOptions.createLocalResponseNormalizationOptions(
                        to, radius, bias, alpha, beta));
    }

    /// Bilinear interpolation to the rows and columns in the tensor `size`.
    static WrittenOperator resize(int input, int size, int output, Coordinates coordinates) {
        boolean alignsCorners = coordinates == Coordinates.ALIGN_CORNERS;
        boolean halfPixels = coordinates == Coordinates.HALF_PIXEL;
        return new WrittenOperator(
                BuiltinOperator.RESIZE_BILINEAR,
                halfPixels ? 3 : 1,
                List.of(input, size),
                output,
                BuiltinOptions.ResizeBilinearOptions,
                to -> ResizeBilinearOptions.createResizeBilinearOptions(to, alignsCorners, halfPixels));
    }

    /// An operator in its first version that needs no options.
    static WrittenOperator plain(int code, int output, Integer... inputs) {
        return new WrittenOperator(code, 1, List.of(inputs), output, BuiltinOptions.NONE, to -> 0);
    }

    /// A nonlinearity that is one operator.
    ///
    /// @throws IllegalArgumentException if there is none
    static WrittenOperator nonlinearity(Nonlinearity layer, int input, int output) {
        return switch (layer.function()) {
            case LEAKY_RELU ->
                new WrittenOperator(
                        BuiltinOperator.LEAKY_RELU,
                        1,
                        List.of(input),
                        output,
                        BuiltinOptions.LeakyReluOptions,
                        to -> LeakyReluOptions.createLeakyReluOptions(to, (float) layer.alpha()));
            case GELU, GELU_TANH ->
                new WrittenOperator(
                        BuiltinOperator.GELU,
                        1,
                        List.of(input),
                        output,
                        BuiltinOptions.GeluOptions,
                        to -> GeluOptions.createGeluOptions(to, layer.function() == Curve.GELU_TANH));
            case ELU -> {
                if (layer.alpha() != 1) {
                    throw cannot(layer, "ELU's alpha is always 1, not " + layer.alpha());
                }
                yield plain(BuiltinOperator.ELU, output, input);
            }
            case HARD_SWISH -> plain(BuiltinOperator.HARD_SWISH, output, input);
            case TANH -> plain(BuiltinOperator.TANH, output, input);
            case HARD_SIGMOID -> throw cannot(layer, "there is no operator for the hard sigmoid");
            case SILU -> throw cannot(layer, "there is no operator for SiLU");
        };
    }

    private static BadValueException cannot(Nonlinearity layer, String why) {
        return new BadValueException("the layer " + layer.name() + " cannot be written as TFLite, where " + why);
    }

    /// The mean of each channel of a feature map.
    ///
    /// @param keepsDims whether the output has four dimensions, not two
    static WrittenOperator mean(int input, int axes, int output, boolean keepsDims) {
        return new WrittenOperator(
                BuiltinOperator.MEAN,
                1,
                List.of(input, axes),
                output,
                BuiltinOptions.ReducerOptions,
                to -> ReducerOptions.createReducerOptions(to, keepsDims));
    }

    /// The same operator in the first version that supports the type, if that is a later one.
    WrittenOperator reading(TfliteTensorType stored) {
        if (isCustom()) {
            return this;
        }
        int first = switch (stored.type()) {
            case TensorType.INT8 ->
                switch (code) {
                    case BuiltinOperator.RESHAPE, BuiltinOperator.ELU, BuiltinOperator.HARD_SWISH -> 1;
                    case BuiltinOperator.CONV_2D, BuiltinOperator.DEPTHWISE_CONV_2D -> 3;
                    case BuiltinOperator.FULLY_CONNECTED -> 4;
                    case BuiltinOperator.DEQUANTIZE -> stored.hasOneScale() ? 2 : 5;
                    default -> 2;
                };
            case TensorType.UINT8 -> code == BuiltinOperator.RELU ? 2 : 1;
            case TensorType.FLOAT16 -> 3; // for DEQUANTIZE
            default -> 1;
        };
        return new WrittenOperator(code, Math.max(version, first), inputs, outputs, optionsType, options, name);
    }
}
