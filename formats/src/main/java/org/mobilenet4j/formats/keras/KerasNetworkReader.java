package org.mobilenet4j.formats.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Nonlinearity.Curve;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.InputScaling;
import org.mobilenet4j.formats.graph.MapView;
import org.mobilenet4j.formats.graph.NetworkBuilder;
import org.mobilenet4j.formats.graph.NetworkBuilder.Value;
import org.mobilenet4j.formats.graph.TrainingOnly;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;

/// Turns a Keras model's configuration and variables into a [Network] and its [Weights]. Layers keep their names.
///
/// Anything unsupported throws [BadValueException] with a message that names the layer.
final class KerasNetworkReader {
    /// Supported layers, as listed in messages.
    private static final String KNOWN =
            "Activation, Add, AveragePooling2D, BatchNormalization, Concatenate, Conv2D, Dense, DepthwiseConv2D,"
                    + " Dropout, ELU, Flatten, GlobalAveragePooling2D, GlobalMaxPooling2D, LeakyReLU, MaxPooling2D, Multiply, PReLU,"
                    + " Normalization, ReLU, Rescaling, Reshape, Resizing, SeparableConv2D, Softmax, TFOpLambda (arithmetic with constants),"
                    + " UpSampling2D (bilinear), ZeroPadding2D, nested models, and layers of training only";

    private static final Map<String, Parallel.Join> JOINS = Map.of(
            "Add", Parallel.Join.ADD, "Multiply", Parallel.Join.MULTIPLY, "Concatenate", Parallel.Join.CONCATENATE);

    private final NetworkBuilder builder;
    private final KerasOperations operations;
    private final KerasFilters filters;
    private final Value output;
    private boolean resizes;

    /// Reads all layers of `model`.
    ///
    /// @param isNew whether Keras 3 wrote it
    /// @throws IllegalArgumentException if a layer cannot be read, naming it
    KerasNetworkReader(KerasModel model, KerasVariables variables, boolean isNew) {
        this.builder = new NetworkBuilder(model.inputShape());
        this.operations = new KerasOperations(builder);
        this.filters = new KerasFilters(builder, variables, operations, isNew);
        this.output = read(model, List.of(), builder.input(), true);
    }

    /// The network, called `name`.
    Network network(String name) {
        return builder.network(name, output);
    }

    /// The weights: a tensor for every parameter.
    Weights weights() {
        return builder.weights();
    }

    /// What the first layers do to pixels, which the network, once made, no longer does.
    InputScaling scaling() {
        return builder.scaling();
    }

    /// Whether the first layer resizes photos of any size to what the network takes.
    boolean resizes() {
        return resizes;
    }

    /// @param isOnly whether this model is the only reader of `input`
    private Value read(KerasModel part, List<KerasLayer> around, Value input, boolean isOnly) {
        var values = new HashMap<String, Value>();
        values.put(part.input(), input);
        var readers = part.readers();
        for (var layer : part.layers()) {
            if (layer.kind().equals("InputLayer")) {
                if (!layer.name().equals(part.input())) {
                    throw layer.odd("it is a second input; only networks with one are supported");
                }
                continue;
            }
            var place = new ArrayList<>(around);
            place.add(layer);
            boolean isSole = layer.inputs().stream().allMatch(name -> readers.getOrDefault(name, 0) == 1);
            values.put(layer.name(), read(layer, place, inputs(layer, values), isOnly && isSole));
        }
        var last = values.get(part.output());
        if (last == null) {
            throw new BadValueException("has no layer " + part.output() + ", which should be its output");
        }
        return last;
    }

    private static List<Value> inputs(KerasLayer layer, Map<String, Value> values) {
        var inputs = new ArrayList<Value>();
        for (var name : layer.inputs()) {
            var value = values.get(name);
            if (value == null) {
                throw layer.odd("it reads \"" + name + "\", which is not the output of an earlier layer");
            }
            inputs.add(value);
        }
        return inputs;
    }

    private Value read(KerasLayer layer, List<KerasLayer> place, List<Value> inputs, boolean isOnly) {
        if (KerasOperations.isOne(layer)) {
            return operations.read(layer, inputs);
        }
        if (JOINS.containsKey(layer.kind())) {
            return join(layer, inputs);
        }
        if (inputs.size() != 1) {
            throw layer.odd("it has " + inputs.size() + " inputs; only one is supported");
        }
        var input = inputs.getFirst();
        if (!layer.config().text("data_format", "channels_last").equals("channels_last")) {
            throw layer.odd("its data_format is not channels_last; save the model with channels last");
        }
        return switch (layer.kind()) {
            case "Conv2D", "DepthwiseConv2D", "SeparableConv2D", "Dense", "BatchNormalization", "PReLU" ->
                filters.read(layer, place, input);
            case "MaxPooling2D",
                    "AveragePooling2D",
                    "GlobalAveragePooling2D",
                    "GlobalAveragePooling1D",
                    "GlobalMaxPooling2D" -> filters.pool(layer, input);
            case "ReLU" -> builder.append(input, relu(layer));
            case "Activation" -> builder.append(input, activation(layer));
            case "LeakyReLU" -> builder.append(input, leaky(layer));
            case "ELU" -> builder.append(input, elu(layer));
            case "Softmax" -> builder.append(input, softmax(layer, input));
            case "ZeroPadding2D" -> builder.append(input, new ZeroPad(builder.name(layer.name()), padding(layer)));
            case "UpSampling2D" -> builder.append(input, resize(layer, input));
            case "Resizing" -> resizePhoto(layer, input, isOnly);
            case "Dropout", "SpatialDropout2D" ->
                builder.append(
                        input,
                        new Dropout(builder.name(layer.name()), layer.config().number("rate", 0)));
            case "Flatten" -> flatten(layer, input);
            case "Reshape" -> reshape(layer, input);
            case "Permute" -> permute(layer, input);
            case "Rescaling" ->
                operations.affine(
                        layer,
                        input,
                        KerasFilters.numbers(layer, "scale", 1),
                        KerasFilters.numbers(layer, "offset", 0));
            case "Normalization" -> filters.normalize(layer, place, input);
            case "Lambda" ->
                throw layer.odd("it holds Python code, which is never run; replace it by layers, such as Rescaling");
            case String kind when TrainingOnly.contains(kind) -> input;
            case "Functional", "Model", "Sequential" -> inner(layer, place, input, isOnly);
            default ->
                throw new BadValueException("has the layer " + layer.name() + " of the class " + layer.kind()
                        + ", which is not supported; supported layers: " + KNOWN);
        };
    }

    private Value inner(KerasLayer layer, List<KerasLayer> place, Value input, boolean isOnly) {
        if (layer.model() == null) {
            throw layer.odd("it has no layers");
        }
        return read(layer.model(), place, input, isOnly);
    }

    private Value join(KerasLayer layer, List<Value> inputs) {
        var join = Objects.requireNonNull(JOINS.get(layer.kind()));
        if (join == Parallel.Join.CONCATENATE) {
            int axis = layer.config().whole("axis", -1);
            boolean isVector = inputs.stream().allMatch(value -> value.shape().pixels() == 1);
            if (axis != -1 && axis != 3 && !(axis == 1 && isVector)) {
                throw layer.odd("it joins along axis " + axis + "; only channels, the last axis, are supported");
            }
        }
        return builder.join(builder.name(layer.name()), join, inputs);
    }

    private Layer relu(KerasLayer layer) {
        var config = layer.config();
        double slope = config.number("negative_slope", 0);
        if (config.number("threshold", 0) != 0 || (slope != 0 && config.has("max_value"))) {
            throw layer.odd("it has a threshold, or both a slope and a max_value; only ReLU, ReLU6 and leaky ReLU are"
                    + " supported");
        }
        var name = builder.name(layer.name());
        if (!config.has("max_value")) {
            return slope == 0 ? Activation.relu(name) : new Nonlinearity(name, Curve.LEAKY_RELU, slope);
        }
        if (config.number("max_value", 0) != 6) {
            throw layer.odd("its max_value is not 6; only ReLU and ReLU6 are supported");
        }
        return Activation.relu6(name);
    }

    /// Keras 3 calls `alpha` `negative_slope`.
    private Layer leaky(KerasLayer layer) {
        var config = layer.config();
        double slope = config.number("negative_slope", config.number("alpha", 0.3));
        return new Nonlinearity(builder.name(layer.name()), Curve.LEAKY_RELU, slope);
    }

    private Layer elu(KerasLayer layer) {
        return new Nonlinearity(
                builder.name(layer.name()), Curve.ELU, layer.config().number("alpha", 1));
    }

    private Layer[] activation(KerasLayer layer) {
        return filters.activation(layer, () -> builder.name(layer.name()));
    }

    private Layer softmax(KerasLayer layer, Value input) {
        var axis = layer.config().value("axis") instanceof List<?>
                ? layer.config().wholes("axis")
                : List.of(layer.config().whole("axis", -1));
        if (!axis.equals(List.of(-1)) && !axis.equals(List.of(input.shape().pixels() == 1 ? 1 : 3))) {
            throw layer.odd("it works along axis " + axis + "; only channels, the last axis, are supported");
        }
        return new Softmax(builder.name(layer.name()));
    }

    private Layer resize(KerasLayer layer, Value input) {
        var config = layer.config();
        if (!config.text("interpolation", layer.kind().equals("Resizing") ? "bilinear" : "nearest")
                .equals("bilinear")) {
            throw layer.odd("its interpolation is not bilinear, the only one that is supported");
        }
        if (config.flag("crop_to_aspect_ratio", false) || config.flag("pad_to_aspect_ratio", false)) {
            throw layer.odd("it keeps the aspect ratio; only resizing to fixed rows and columns is supported");
        }
        var size = List.of(config.whole("height", 0), config.whole("width", 0));
        if (layer.kind().equals("UpSampling2D")) {
            var times = config.pair("size", 2);
            size = List.of(
                    BadValueException.toInt((long) times.get(0) * input.shape().height()),
                    BadValueException.toInt((long) times.get(1) * input.shape().width()));
        }
        var name = builder.name(layer.name());
        return new BilinearResize(name, size.get(0), size.get(1), BilinearResize.Coordinates.HALF_PIXEL);
    }

    /// One integer for all sides, `[rows, columns]`, or `[[top, bottom], [left, right]]`.
    private static Padding.Explicit padding(KerasLayer layer) {
        if (layer.config().value("padding") instanceof List<?> sides
                && sides.size() == 2
                && sides.get(0) instanceof List<?> rows
                && sides.get(1) instanceof List<?> columns
                && rows.size() == 2
                && columns.size() == 2) {
            return new Padding.Explicit(
                    whole(layer, rows.get(0)),
                    whole(layer, rows.get(1)),
                    whole(layer, columns.get(0)),
                    whole(layer, columns.get(1)));
        }
        var both = layer.config().pair("padding", 1);
        return new Padding.Explicit(both.get(0), both.get(0), both.get(1), both.get(1));
    }

    private static int whole(KerasLayer layer, @Nullable Object value) {
        if (value instanceof Long number) {
            return BadValueException.toInt(number);
        }
        throw layer.odd("its padding is not integers");
    }

    private Value flatten(KerasLayer layer, Value input) {
        return input.shape().pixels() == 1 ? input : builder.append(input, new Flatten(builder.name(layer.name())));
    }

    private Value reshape(KerasLayer layer, Value input) {
        var target = layer.config().wholes("target_shape");
        var from = input.shape();
        long product = target.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        var to = new ArrayList<>(List.of(1));
        for (int dim : target) {
            to.add(
                    dim == -1 && product < 0 && from.elements() % -product == 0
                            ? (int) (from.elements() / -product)
                            : dim);
        }
        if (MapView.isFlat(to, from)) {
            return flatten(layer, input);
        }
        if (MapView.shows(to, from)) {
            return input;
        }
        boolean isMap = to.size() == 4 && Math.abs(product) == from.elements() && product > 0;
        if (input.id() == Node.INPUT && from.pixels() == 1 && isMap) {
            return builder.reshapeInput(new Shape(to.get(1), to.get(2), to.get(3)));
        }
        throw layer.odd(
                "it reshapes " + from + " to " + target + "; only flattening, and what changes nothing, is supported");
    }

    private static Value permute(KerasLayer layer, Value input) {
        var shape = input.shape();
        var dims = List.of(1, shape.height(), shape.width(), shape.channels());
        var order = layer.config().wholes("dims");
        boolean isOrder = order.stream().sorted().toList().equals(List.of(1, 2, 3));
        if (!isOrder || !MapView.keepsOrder(dims, order)) {
            throw layer.odd("it moves values; only a permutation that changes nothing is supported");
        }
        return input;
    }

    /// A resize of photos is preprocessing: the network's input then has the size that it resizes to.
    private Value resizePhoto(KerasLayer layer, Value input, boolean isOnly) {
        var resize = resize(layer, input);
        var shape = resize.outputShape(input.shape());
        if (shape.equals(input.shape())) {
            return input;
        }
        if (input.id() != Node.INPUT || !isOnly) {
            return builder.append(input, resize);
        }
        resizes = true;
        return builder.reshapeInput(shape);
    }
}
