package org.mobilenet4j.formats.onnx.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.LinearLayer;
import org.mobilenet4j.arch.Padding.Explicit;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// Reads the operators of an ONNX graph that have weights.
final class OnnxWeightedOperators {
    private static final Set<String> KINDS = Set.of("Conv", "Gemm", "MatMul");

    private final OnnxGraph graph;
    private final int last;

    OnnxWeightedOperators(OnnxGraph graph) {
        this.graph = graph;
        var nodes = graph.file().graph().getNodeList();
        int place = nodes.size() - 1;
        while (place >= 0 && !KINDS.contains(nodes.get(place).getOpType())) {
            place--;
        }
        this.last = place;
    }

    /// `Conv`: standard, grouped or depthwise. The classifier on a feature map of one pixel becomes a dense layer, as
    /// in other formats.
    void conv(OnnxNode node) {
        var map = graph.map(node, 0);
        var kernel = graph.kernel(node, 1, 4, 0);
        int filters = kernel.dims().get(0);
        int groups = node.whole("group", 1);
        int channels = map.shape().channels();
        if (!map.isChannelsFirst()
                || groups < 1
                || filters % groups != 0
                || (long) kernel.dims().get(1) * groups != channels) {
            throw node.odd("its kernel of " + Tensor.text(kernel.dims()) + " in " + groups
                    + " groups does not fit its input of " + map);
        }
        boolean bias = node.hasInput(2);
        var before = paddingBefore(node, map);
        var input = before == null ? map : new OnnxFeatureMap(map.id(), without(before, map.shape()), map.axes());
        var window = OnnxWindows.window(
                node,
                kernel.dims().get(2),
                kernel.dims().get(3),
                input.shape(),
                before == null ? new Explicit(0, 0, 0, 0) : before);
        if (before != null) {
            graph.replaceLast(map);
        }
        Layer layer;
        if (groups > 1 && groups == channels) {
            var name = graph.name(node, graph.names()::depthwise);
            layer = new DepthwiseConv(name, window, filters / channels, bias);
            graph.kernels().addDepthwise(name, kernel, channels);
        } else if (groups == 1
                && window.taps() == 1
                && input.shape().pixels() == 1
                && window.isPointwise()
                && node.place() == last
                && !graph.isQuantized()) { // a quantized dense layer rounds differently
            var name = graph.name(node, () -> graph.names().first("conv_preds"));
            layer = new Dense(name, filters, bias);
            graph.kernels().addDense(name, kernel, true, i -> i);
        } else {
            var name = graph.name(node, () -> graph.names().conv(window.isPointwise()));
            layer = new Conv(name, filters, window, groups, bias);
            graph.kernels().addConv(name, kernel);
        }
        if (bias) {
            addBias(node, map, layer.name(), graph.floats(node, 2), filters);
        }
        int id = graph.appendLinear(node, input, layer.name(), layer);
        graph.put(node.output(), OnnxFeatureMap.channelsFirst(id, layer.outputShape(input.shape())));
    }

    /// The zero padding by an operator right before this one, if only this one reads its output.
    private @Nullable Explicit paddingBefore(OnnxNode node, OnnxFeatureMap map) {
        return graph.soleLayer(node.input(0), map) instanceof ZeroPad pad ? pad.padding() : null;
    }

    private static Shape without(Explicit padding, Shape shape) {
        return new Shape(
                shape.height() - padding.top() - padding.bottom(),
                shape.width() - padding.left() - padding.right(),
                shape.channels());
    }

    /// `Gemm`: `A * B + C`, or with B transposed.
    void gemm(OnnxNode node) {
        if (node.real("alpha", 1) != 1 || node.real("beta", 1) != 1 || node.whole("transA", 0) != 0) {
            throw node.odd("it scales or transposes its input; only plain products are supported");
        }
        var bias = node.hasInput(2) ? graph.floats(node, 2) : null;
        if (graph.map(node, 0).rank() != 2) {
            throw node.odd("it reads " + graph.map(node, 0) + "; only vectors, N x C, are supported");
        }
        dense(node, node.whole("transB", 0) != 0, bias);
    }

    /// `MatMul` by a constant.
    void matMul(OnnxNode node) {
        dense(node, false, null);
    }

    private void dense(OnnxNode node, boolean outputsFirst, @Nullable Tensor bias) {
        var map = graph.map(node, 0);
        var kernel = graph.kernel(node, 1, 2, outputsFirst ? 0 : 1);
        int inputs = kernel.dims().get(outputsFirst ? 1 : 0);
        int units = kernel.dims().get(outputsFirst ? 0 : 1);
        if (map.shape().pixels() > 1
                && map.axes().getLast().equals(OnnxFeatureMap.channels(map.shape()))
                && inputs == map.shape().channels()) {
            denseOverMap(node, map, kernel, outputsFirst, bias);
            return;
        }
        if (!map.sizes().getLast().equals(map.shape().elements())
                || inputs != map.shape().elements()) {
            throw node.odd("its kernel of " + Tensor.text(kernel.dims()) + " does not fit its input of " + map);
        }
        IntUnaryOperator place = i -> i;
        var layers = new ArrayList<Layer>();
        if (map.shape().pixels() > 1) {
            layers.add(new Flatten(graph.name(node, () -> graph.names().first("flatten"))));
            if (!map.isInOrder()) {
                var order = order(node, map);
                place = i -> order[i]; // channels were outermost: reorder the rows of the kernel instead
            }
        }
        var name = graph.name(node, () -> graph.names().first(node.place() == last ? "conv_preds" : "dense"));
        layers.add(new Dense(name, units, bias != null));
        graph.kernels().addDense(name, kernel, outputsFirst, place);
        if (bias != null) {
            addBias(node, map, name, bias, units);
        }
        int id = graph.appendLinear(node, map, name, layers.toArray(Layer[]::new));
        var axes = new ArrayList<>(map.axes());
        axes.removeLast();
        axes.add(OnnxFeatureMap.channels(Shape.vector(units)));
        graph.put(node.output(), new OnnxFeatureMap(id, Shape.vector(units), axes));
    }

    /// A dense layer for each pixel is a convolution of one tap.
    private void denseOverMap(
            OnnxNode node, OnnxFeatureMap map, Tensor kernel, boolean outputsFirst, @Nullable Tensor bias) {
        int units = kernel.size() / map.shape().channels();
        var name = graph.name(node, () -> graph.names().conv(true));
        graph.kernels().addPointwise(name, kernel, outputsFirst);
        if (bias != null) {
            addBias(node, map, name, bias, units);
        }
        var conv = new Conv(name, units, Window.POINTWISE, 1, bias != null);
        graph.put(node.output(), map.withChannels(graph.appendLinear(node, map, name, conv), units));
    }

    private static int[] order(OnnxNode node, OnnxFeatureMap map) {
        try {
            return map.order();
        } catch (BadValueException e) {
            throw node.odd(e.getMessage());
        }
    }

    /// @param input of the layer
    private void addBias(OnnxNode node, OnnxFeatureMap input, String layer, Tensor bias, int units) {
        if (bias.size() != units) {
            throw node.odd("its bias has " + bias.size() + " values for " + units + " outputs");
        }
        addBias(node, input.id(), layer, bias);
    }

    private void addBias(OnnxNode node, int input, String layer, Tensor bias) {
        if (graph.isQuantized()) {
            graph.kernels().addBias(layer, bias, graph.quantization().scale(node, input));
        } else {
            graph.kernels().addVector(layer + "/bias", bias);
        }
    }

    /// `Add` of a constant to the convolution or product before, as some exporters write its bias.
    ///
    /// @param at which of the inputs is the feature map
    /// @return whether that is what it is
    boolean isBias(OnnxNode node, int at) {
        var map = graph.map(node, at);
        var layer = graph.soleLayer(node.input(at), map);
        if (!(layer instanceof LinearLayer linear) || linear.bias()) {
            return false;
        }
        var bias = graph.floats(node, 1 - at);
        var biased = linear.withBias();
        if (!isPerChannel(bias.dims(), map)) {
            throw node.odd(
                    "it adds " + Tensor.text(bias.dims()) + " to " + map + "; only one value per channel is supported");
        }
        graph.replaceLast(map, biased);
        addBias(node, graph.nodes().get(map.id() - 1).inputs().getFirst(), biased.name(), bias);
        graph.put(node.output(), map);
        return true;
    }

    /// Whether the dimensions of `constant`, aligned with the last ones of `map`, cover only its channels.
    static boolean isPerChannel(List<Integer> constant, OnnxFeatureMap map) {
        var dims = new ArrayList<>(constant);
        while (dims.size() > map.axes().size() && dims.getFirst() == 1) {
            dims.removeFirst();
        }
        int size = dims.stream().reduce(1, Math::multiplyExact);
        if (dims.size() > map.axes().size() || size != map.shape().channels()) {
            return false;
        }
        int first = map.axes().size() - dims.size();
        for (int k = 0; k < dims.size(); k++) {
            if (dims.get(k) != 1 && !map.isChannels(first + k)) {
                return false;
            }
        }
        return true;
    }

    /// `BatchNormalization` with its moving statistics.
    void batchNorm(OnnxNode node) {
        var map = graph.map(node, 0);
        int channels = map.shape().channels();
        if (!map.isChannels(0) || node.whole("training_mode", 0) != 0) {
            throw node.odd("it normalizes " + map + " by batch statistics, or along another axis than channels; export"
                    + " the model for inference");
        }
        double epsilon = node.real("epsilon", 1e-5);
        var name = graph.nameBehind(node, map, "_bn", "batch_norm");
        var parameters = List.of("gamma", "beta", "moving_mean", "moving_variance");
        for (int k = 0; k < parameters.size(); k++) {
            var values = graph.floats(node, k + 1, 1);
            if (values.size() != channels) {
                throw node.odd(
                        "its input " + (k + 1) + " has " + values.size() + " values for " + channels + " channels");
            }
            graph.kernels().addVector(name + "/" + parameters.get(k), values);
        }
        graph.put(node.output(), map.with(graph.append(node, map, new BatchNorm(name, epsilon))));
    }
}
