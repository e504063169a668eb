package org.mobilenet4j.formats.keras;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Nonlinearity.Curve;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.formats.graph.NetworkBuilder;
import org.mobilenet4j.formats.graph.NetworkBuilder.Value;
import org.mobilenet4j.tensor.Tensor;

/// Reads Keras layers that have variables or a window. Keras's kernels have this library's layouts, so nothing is
/// copied.
final class KerasFilters {
    private static final int MAX_CHANNELS = 1 << 16;
    /// The slope of a hard sigmoid in Keras 2 and TensorFlow.js; in Keras 3, it is a sixth.
    private static final double OLD_SLOPE = 0.2;

    private final NetworkBuilder builder;
    private final KerasVariables variables;
    private final boolean isNew;
    private final KerasOperations operations;

    /// @param isNew whether Keras 3 wrote the file
    KerasFilters(NetworkBuilder builder, KerasVariables variables, KerasOperations operations, boolean isNew) {
        this.operations = operations;
        this.builder = builder;
        this.variables = variables;
        this.isNew = isNew;
    }

    /// A layer with variables, after `input`.
    Value read(KerasLayer layer, List<KerasLayer> place, Value input) {
        return switch (layer.kind()) {
            case "Conv2D" -> conv(layer, place, input);
            case "DepthwiseConv2D" -> depthwise(layer, place, input);
            case "SeparableConv2D" -> separable(layer, place, input);
            case "Dense" -> dense(layer, place, input);
            case "PReLU" -> prelu(layer, place, input);
            default -> batchNorm(layer, place, input);
        };
    }

    private Value prelu(KerasLayer layer, List<KerasLayer> place, Value input) {
        var alpha = variables.get(place, 0, List.of("alpha"));
        int channels = input.shape().channels();
        if (alpha.size() != channels || alpha.dims().getLast() != channels) {
            throw layer.odd("its slopes are " + Tensor.text(alpha.dims()) + " for a map of " + input.shape()
                    + "; only one slope for each channel is supported, with shared_axes=[1, 2]");
        }
        var name = builder.name(layer.name());
        builder.weight(name, "alpha", Tensor.of(alpha.bytes(), alpha.type(), List.of(channels)));
        return builder.append(input, new Prelu(name));
    }

    private Value conv(KerasLayer layer, List<KerasLayer> place, Value input) {
        var config = layer.config();
        var name = builder.name(layer.name());
        var window = window(layer, "kernel_size");
        int filters = config.whole("filters");
        int groups = config.whole("groups", 1);
        boolean bias = config.flag("use_bias", true);
        var kernel = variables.get(place, 0, List.of("kernel"));
        if (bias) {
            builder.weight(name, "bias", variables.get(place, 1, List.of("bias")));
        }
        if (input.shape().pixels() == 1 && window.isPointwise() && groups == 1) {
            // Keras's MobileNet classifies by a 1x1 convolution on a 1x1 feature map, which is a dense layer.
            builder.weight(name, "kernel", withoutOnes(layer, kernel));
            return activated(layer, input, new Dense(name, filters, bias));
        }
        builder.weight(name, "kernel", kernel);
        return activated(layer, input, new Conv(name, filters, window, groups, bias));
    }

    private static Tensor withoutOnes(KerasLayer layer, Tensor kernel) {
        var dims = kernel.dims();
        if (dims.size() != 4) {
            throw layer.odd("its kernel is " + Tensor.text(dims) + "; four dimensions are needed");
        }
        return Tensor.of(kernel.bytes(), kernel.type(), dims.subList(2, 4));
    }

    private Value depthwise(KerasLayer layer, List<KerasLayer> place, Value input) {
        var name = builder.name(layer.name());
        boolean bias = layer.config().flag("use_bias", true);
        builder.weight(name, "depthwise_kernel", variables.get(place, 0, List.of("depthwise_kernel", "kernel")));
        if (bias) {
            builder.weight(name, "bias", variables.get(place, 1, List.of("bias")));
        }
        return activated(
                layer,
                input,
                new DepthwiseConv(
                        name, window(layer, "kernel_size"), layer.config().whole("depth_multiplier", 1), bias));
    }

    private Value separable(KerasLayer layer, List<KerasLayer> place, Value input) {
        var config = layer.config();
        var depthwise = builder.name(layer.name() + "_dw");
        var pointwise = builder.name(layer.name() + "_pw");
        boolean bias = config.flag("use_bias", true);
        builder.weight(depthwise, "depthwise_kernel", variables.get(place, 0, List.of("depthwise_kernel")));
        builder.weight(pointwise, "kernel", variables.get(place, 1, List.of("pointwise_kernel")));
        if (bias) {
            builder.weight(pointwise, "bias", variables.get(place, 2, List.of("bias")));
        }
        var filtered = builder.append(
                input,
                new DepthwiseConv(depthwise, window(layer, "kernel_size"), config.whole("depth_multiplier", 1), false));
        var combined = Conv.pointwise(pointwise, config.whole("filters"));
        return activated(layer, filtered, bias ? combined.withBias() : combined);
    }

    private Value dense(KerasLayer layer, List<KerasLayer> place, Value input) {
        var name = builder.name(layer.name());
        int units = layer.config().whole("units");
        boolean bias = layer.config().flag("use_bias", true);
        var kernel = variables.get(place, 0, List.of("kernel"));
        if (input.shape().pixels() > 1) {
            if (bias) {
                builder.weight(name, "bias", variables.get(place, 1, List.of("bias")));
            }
            return activated(layer, input, builder.denseOverMap(input, name, kernel, bias));
        }
        builder.weight(name, "kernel", kernel);
        if (bias) {
            builder.weight(name, "bias", variables.get(place, 1, List.of("bias")));
        }
        return activated(layer, input, new Dense(name, units, bias));
    }

    private Value batchNorm(KerasLayer layer, List<KerasLayer> place, Value input) {
        var config = layer.config();
        var axis = config.value("axis") instanceof List<?> ? config.wholes("axis") : List.of(config.whole("axis", -1));
        if (!axis.equals(List.of(-1)) && !axis.equals(List.of(3)) && !axis.equals(List.of(1))) {
            throw layer.odd("it normalizes along axis " + axis + "; only channels, the last axis, are supported");
        }
        if (axis.equals(List.of(1)) && input.shape().pixels() > 1) {
            throw layer.odd("it normalizes rows; only channels, the last axis, are supported");
        }
        var name = builder.name(layer.name());
        int channels = input.shape().channels();
        int number = 0;
        boolean scale = config.flag("scale", true);
        boolean center = config.flag("center", true);
        var gamma = scale ? variables.get(place, number++, List.of("gamma")) : null;
        var beta = center ? variables.get(place, number++, List.of("beta")) : null;
        var mean = variables.get(place, number++, List.of("moving_mean"));
        if (mean.size() != channels) {
            throw layer.odd("it has " + mean.size() + " means for " + channels + " channels");
        }
        builder.weight(name, "gamma", gamma == null ? same(1, channels) : gamma);
        builder.weight(name, "beta", beta == null ? same(0, channels) : beta);
        builder.weight(name, "moving_mean", mean);
        builder.weight(name, "moving_variance", variables.get(place, number, List.of("moving_variance")));
        return builder.append(input, new BatchNorm(name, config.number("epsilon", BatchNorm.DEFAULT_EPSILON)));
    }

    private static Tensor same(float value, int channels) {
        var values = new float[channels];
        Arrays.fill(values, value);
        return Tensor.of(values, channels);
    }

    /// Pooling, after `input`. A window over the whole feature map becomes global pooling.
    Value pool(KerasLayer layer, Value input) {
        var name = builder.name(layer.name());
        if (layer.kind().startsWith("GlobalAveragePooling")) {
            return builder.append(input, new GlobalAveragePool(name));
        }
        if (layer.kind().equals("GlobalMaxPooling2D")) {
            return builder.append(input, Pool.globalMax(name, input.shape()));
        }
        var window = window(layer, "pool_size");
        boolean average = layer.kind().equals("AveragePooling2D");
        var pool = average ? Pool.average(name, window) : Pool.max(name, window);
        var shape = input.shape();
        boolean isWhole = window.height() == shape.height() && window.width() == shape.width();
        return average && isWhole && pool.outputShape(shape).pixels() == 1
                ? builder.append(input, new GlobalAveragePool(name))
                : builder.append(input, pool);
    }

    /// A layer of means and variances, as arithmetic.
    Value normalize(KerasLayer layer, List<KerasLayer> place, Value input) {
        if (layer.config().flag("invert", false)) {
            throw layer.odd("it is inverted");
        }
        boolean isGiven = layer.config().has("mean");
        var mean = isGiven ? numbers(layer, "mean", 0) : doubles(layer, variables.get(place, 0, List.of("mean")));
        var variance =
                isGiven ? numbers(layer, "variance", 1) : doubles(layer, variables.get(place, 1, List.of("variance")));
        if (mean.length != variance.length) {
            throw layer.odd("it has " + mean.length + " means and " + variance.length + " variances");
        }
        var scale = new double[mean.length];
        var offset = new double[mean.length];
        for (int c = 0; c < mean.length; c++) {
            // Keras divides by its backend's epsilon if the variance is 0.
            scale[c] = 1 / Math.max(Math.sqrt(variance[c]), 1e-7);
            offset[c] = -mean[c] * scale[c];
        }
        return operations.affine(layer, input, scale, offset);
    }

    private static double[] doubles(KerasLayer layer, Tensor tensor) {
        if (tensor.size() > MAX_CHANNELS) {
            throw layer.odd(
                    "it has " + tensor.size() + " means or variances; only one, or one per channel, is supported");
        }
        var values = new double[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.get(i);
        }
        return values;
    }

    /// The values of a number, a list, or nested lists of one list (`[[[[...]]]]`).
    static double[] numbers(KerasLayer layer, String field, double otherwise) {
        Object value = layer.config().value(field);
        while (value instanceof List<?> list && list.size() == 1 && list.getFirst() instanceof List<?>) {
            value = list.getFirst();
        }
        if (!(value instanceof List<?> list)) {
            return new double[] {layer.config().number(field, otherwise)};
        }
        var numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(list.get(i) instanceof Number number)) {
                throw layer.odd("its " + field + " is not a list of numbers");
            }
            numbers[i] = number.doubleValue();
        }
        return numbers;
    }

    private static Window window(KerasLayer layer, String sizeField) {
        var config = layer.config();
        var size = config.pair(sizeField, 2);
        // The default strides of pooling are the size of its window.
        var stride = config.has("strides") || sizeField.equals("kernel_size") ? config.pair("strides", 1) : size;
        var dilation = config.pair("dilation_rate", 1);
        if (!dilation.get(0).equals(dilation.get(1))) {
            throw layer.odd(
                    "its dilations " + dilation + " differ between rows and columns; only equal ones are supported");
        }
        var padding = switch (config.text("padding", "valid")) {
            case "same" -> Padding.SAME;
            case "valid" -> Padding.VALID;
            default ->
                throw layer.odd("its padding is " + config.text("padding") + "; only same and valid are supported");
        };
        return new Window(size.get(0), size.get(1), stride.get(0), stride.get(1), dilation.get(0), padding);
    }

    private Value activated(KerasLayer layer, Value input, Layer made) {
        var value = builder.append(input, made);
        return builder.append(value, activation(layer, () -> builder.name(made.name() + "_" + function(layer))));
    }

    /// The activation at the end of a layer; empty if linear.
    ///
    /// @param name of the activation layer
    Layer[] activation(KerasLayer layer, Supplier<String> name) {
        return switch (function(layer)) {
            case null -> new Layer[0];
            case "linear" -> new Layer[0];
            case "relu" -> new Layer[] {Activation.relu(name.get())};
            case "relu6" -> new Layer[] {Activation.relu6(name.get())};
            case "sigmoid" -> new Layer[] {new Sigmoid(name.get())};
            case "softmax" -> new Layer[] {new Softmax(name.get())};
            case "tanh" -> new Layer[] {Nonlinearity.of(name.get(), Curve.TANH)};
            case "elu" -> new Layer[] {Nonlinearity.of(name.get(), Curve.ELU)};
            case "gelu" -> new Layer[] {Nonlinearity.of(name.get(), Curve.GELU)};
            case "swish", "silu" -> new Layer[] {Nonlinearity.of(name.get(), Curve.SILU)};
            case "hard_swish", "hard_silu" -> new Layer[] {Nonlinearity.of(name.get(), Curve.HARD_SWISH)};
            case "hard_sigmoid" ->
                new Layer[] {
                    isNew
                            ? Nonlinearity.of(name.get(), Curve.HARD_SIGMOID)
                            : new Nonlinearity(name.get(), Curve.HARD_SIGMOID, OLD_SLOPE)
                };
            case "leaky_relu" -> new Layer[] {new Nonlinearity(name.get(), Curve.LEAKY_RELU, 0.2)};
            default ->
                throw layer.odd("its activation is " + function(layer)
                        + "; only linear, relu, relu6, leaky_relu, elu, gelu, silu (swish), hard_silu (hard_swish),"
                        + " hard_sigmoid, tanh, sigmoid and softmax are supported");
        };
    }

    /// A string, or an object that contains it, as Keras 3 sometimes writes.
    private static @Nullable String function(KerasLayer layer) {
        return switch (layer.config().value("activation")) {
            case null -> null;
            case String text -> text;
            case Map<?, ?> map when map.get("config") instanceof String text -> text;
            default -> throw layer.odd("its activation is not a name");
        };
    }
}
