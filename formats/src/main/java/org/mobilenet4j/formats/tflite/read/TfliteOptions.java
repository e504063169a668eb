package org.mobilenet4j.formats.tflite.read;

import java.lang.foreign.MemorySegment;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.AddOptions;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ConcatenationOptions;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.DepthwiseConv2DOptions;
import org.tensorflow.lite.schema.DivOptions;
import org.tensorflow.lite.schema.FullyConnectedOptions;
import org.tensorflow.lite.schema.GatherOptions;
import org.tensorflow.lite.schema.GeluOptions;
import org.tensorflow.lite.schema.LeakyReluOptions;
import org.tensorflow.lite.schema.LocalResponseNormalizationOptions;
import org.tensorflow.lite.schema.MulOptions;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.PackOptions;
import org.tensorflow.lite.schema.Padding;
import org.tensorflow.lite.schema.Pool2DOptions;
import org.tensorflow.lite.schema.ReducerOptions;
import org.tensorflow.lite.schema.ResizeBilinearOptions;
import org.tensorflow.lite.schema.SoftmaxOptions;
import org.tensorflow.lite.schema.StridedSliceOptions;
import org.tensorflow.lite.schema.SubOptions;

/// An operator's options, read from the file.
public sealed interface TfliteOptions {
    /// The name of the activation that is applied to the operator's output; `NONE` for none.
    default String fused() {
        return "NONE";
    }

    /// Of convolutions and pooling. Convolutions have their window's size from the kernel, pooling has no dilation.
    record Sliding(
            String fused,
            String padding,
            int strideRows,
            int strideColumns,
            int dilationRows,
            int dilationColumns,
            int rows,
            int columns)
            implements TfliteOptions {}

    /// Of arithmetic (no axis) and concatenations.
    record Joining(String fused, int axis) implements TfliteOptions {}

    /// Of fully connected layers.
    ///
    /// @param plain whether the weights are laid out as rows of inputs
    record Connecting(String fused, boolean plain) implements TfliteOptions {}

    /// Of softmax: the factor of the logits.
    record Sharpness(float beta) implements TfliteOptions {}

    /// Of resizing: how coordinates of output pixels map to the input.
    record Resizing(boolean alignsCorners, boolean halfPixels) implements TfliteOptions {}

    /// Of local response normalization: `in[c] / (bias + alpha * sum over |j - c| <= radius of in[j]^2) ^ beta`.
    record Normalizing(int radius, float bias, float alpha, float beta) implements TfliteOptions {}

    /// Of stacking and gathering: the axis.
    record Axis(int axis) implements TfliteOptions {}

    /// Of slices with strides: bits for each axis.
    ///
    /// @param begins axes whose begin is the first element
    /// @param ends axes whose end is the last
    /// @param shrinks axes of which one element is taken, and that are dropped
    /// @param others ellipses and new axes
    record Slicing(int begins, int ends, int shrinks, int others) implements TfliteOptions {}

    /// Of sums, products and means over axes: whether these stay, with a size of 1.
    record Reducing(boolean keeps) implements TfliteOptions {}

    /// Of leaky ReLU: the slope below 0.
    record Leak(float alpha) implements TfliteOptions {}

    /// Of GELU: whether it is the approximation by a hyperbolic tangent.
    record Approximation(boolean isApproximate) implements TfliteOptions {}

    /// Of custom operators: as they are in the file.
    record Custom(MemorySegment bytes) implements TfliteOptions {}

    /// Of everything else.
    record None() implements TfliteOptions {}

    /// The options of `operator`.
    static TfliteOptions of(Operator operator) {
        return switch (operator.builtinOptionsType()) {
            case BuiltinOptions.Conv2DOptions -> {
                var conv = (Conv2DOptions) operator.builtinOptions(new Conv2DOptions());
                yield new Sliding(
                        activation(conv.fusedActivationFunction()),
                        padding(conv.padding()),
                        conv.strideH(),
                        conv.strideW(),
                        conv.dilationHFactor(),
                        conv.dilationWFactor(),
                        1,
                        1);
            }
            case BuiltinOptions.DepthwiseConv2DOptions -> {
                var conv = (DepthwiseConv2DOptions) operator.builtinOptions(new DepthwiseConv2DOptions());
                yield new Sliding(
                        activation(conv.fusedActivationFunction()),
                        padding(conv.padding()),
                        conv.strideH(),
                        conv.strideW(),
                        conv.dilationHFactor(),
                        conv.dilationWFactor(),
                        1,
                        1);
            }
            case BuiltinOptions.Pool2DOptions -> {
                var pool = (Pool2DOptions) operator.builtinOptions(new Pool2DOptions());
                yield new Sliding(
                        activation(pool.fusedActivationFunction()),
                        padding(pool.padding()),
                        pool.strideH(),
                        pool.strideW(),
                        1,
                        1,
                        pool.filterHeight(),
                        pool.filterWidth());
            }
            case BuiltinOptions.FullyConnectedOptions -> {
                var dense = (FullyConnectedOptions) operator.builtinOptions(new FullyConnectedOptions());
                yield new Connecting(activation(dense.fusedActivationFunction()), dense.weightsFormat() == 0);
            }
            case BuiltinOptions.AddOptions -> {
                var add = (AddOptions) operator.builtinOptions(new AddOptions());
                yield new Joining(activation(add.fusedActivationFunction()), 0);
            }
            case BuiltinOptions.MulOptions -> {
                var mul = (MulOptions) operator.builtinOptions(new MulOptions());
                yield new Joining(activation(mul.fusedActivationFunction()), 0);
            }
            case BuiltinOptions.SubOptions -> {
                var sub = (SubOptions) operator.builtinOptions(new SubOptions());
                yield new Joining(activation(sub.fusedActivationFunction()), 0);
            }
            case BuiltinOptions.DivOptions -> {
                var div = (DivOptions) operator.builtinOptions(new DivOptions());
                yield new Joining(activation(div.fusedActivationFunction()), 0);
            }
            case BuiltinOptions.PackOptions -> {
                var pack = (PackOptions) operator.builtinOptions(new PackOptions());
                yield new Axis(pack.axis());
            }
            case BuiltinOptions.GatherOptions -> {
                var gather = (GatherOptions) operator.builtinOptions(new GatherOptions());
                yield new Axis(gather.axis());
            }
            case BuiltinOptions.StridedSliceOptions -> {
                var slice = (StridedSliceOptions) operator.builtinOptions(new StridedSliceOptions());
                yield new Slicing(
                        slice.beginMask(),
                        slice.endMask(),
                        slice.shrinkAxisMask(),
                        slice.ellipsisMask() | slice.newAxisMask());
            }
            case BuiltinOptions.ReducerOptions -> {
                var reducer = (ReducerOptions) operator.builtinOptions(new ReducerOptions());
                yield new Reducing(reducer.keepDims());
            }
            case BuiltinOptions.ConcatenationOptions -> {
                var concatenation = (ConcatenationOptions) operator.builtinOptions(new ConcatenationOptions());
                yield new Joining(activation(concatenation.fusedActivationFunction()), concatenation.axis());
            }
            case BuiltinOptions.SoftmaxOptions -> {
                var softmax = (SoftmaxOptions) operator.builtinOptions(new SoftmaxOptions());
                yield new Sharpness(softmax.beta());
            }
            case BuiltinOptions.ResizeBilinearOptions -> {
                var resize = (ResizeBilinearOptions) operator.builtinOptions(new ResizeBilinearOptions());
                yield new Resizing(resize.alignCorners(), resize.halfPixelCenters());
            }
            case BuiltinOptions.LocalResponseNormalizationOptions -> {
                var norm = (LocalResponseNormalizationOptions)
                        operator.builtinOptions(new LocalResponseNormalizationOptions());
                yield new Normalizing(norm.radius(), norm.bias(), norm.alpha(), norm.beta());
            }
            case BuiltinOptions.LeakyReluOptions ->
                new Leak(((LeakyReluOptions) operator.builtinOptions(new LeakyReluOptions())).alpha());
            case BuiltinOptions.GeluOptions ->
                new Approximation(((GeluOptions) operator.builtinOptions(new GeluOptions())).approximate());
            default -> {
                var custom = operator.customOptionsAsByteBuffer();
                yield custom == null ? new None() : new Custom(MemorySegment.ofBuffer(custom));
            }
        };
    }

    private static String activation(int code) {
        return name(code, ActivationFunctionType.names);
    }

    private static String padding(int code) {
        return name(code, Padding.names);
    }

    private static String name(int code, String[] names) {
        return code >= 0 && code < names.length ? names[code] : "number " + code;
    }
}
