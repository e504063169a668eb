package org.mobilenet4j.formats.onnx.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Padding.Explicit;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.Arithmetic;
import org.mobilenet4j.formats.graph.Constant;
import org.mobilenet4j.formats.graph.Idiom;
import org.mobilenet4j.formats.graph.OutputOperator;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// Reads the operators of an ONNX graph that compute something but have no weights.
final class OnnxWeightlessOperators {
    private final OnnxGraph graph;

    OnnxWeightlessOperators(OnnxGraph graph) {
        this.graph = graph;
    }

    void relu(OnnxNode node) {
        var map = graph.map(node, 0);
        same(node, map, Activation.relu(graph.nameBehind(node, map, "_relu", "relu")));
    }

    /// `Add`, `Sub`, `Mul`, `Div`, `Min` or `Max` of a feature map and a constant.
    ///
    /// @param at which of the inputs is the feature map
    void arithmetic(OnnxNode node, Arithmetic kind, int at) {
        var map = graph.map(node, at);
        var constant = Constant.of(graph.floats(node, 1 - at));
        double[] values =
                constant.perChannel(map.shape().channels(), OnnxWeightedOperators.isPerChannel(constant.dims(), map));
        if (values == null) {
            throw node.odd("its constant is " + Tensor.text(constant.dims()) + ", and it computes with " + map
                    + "; only one number, or one for each channel, is supported");
        }
        boolean clips = kind == Arithmetic.MIN || kind == Arithmetic.MAX;
        try {
            idiom(node, map, clips ? "relu" : "scale", kind.with(values, at == 1));
        } catch (BadValueException e) {
            throw node.odd(String.valueOf(e.getMessage()));
        }
    }

    void negate(OnnxNode node) {
        var map = graph.map(node, 0);
        var minus = new double[map.shape().channels()];
        Arrays.fill(minus, -1);
        idiom(node, map, "scale", Arithmetic.MUL.with(minus, false));
    }

    private void idiom(OnnxNode node, OnnxFeatureMap map, String stem, Idiom idiom) {
        var name = graph.nameBehind(node, map, "_" + stem, stem);
        graph.put(node.output(), map.with(graph.append(node, map, name, idiom)));
    }

    /// `Clip` to [0, 6] (ReLU6), or to values from 0 up (ReLU).
    void clip(OnnxNode node) {
        double least = bound(node, 1, "min", Double.NEGATIVE_INFINITY);
        double most = bound(node, 2, "max", Double.POSITIVE_INFINITY);
        var map = graph.map(node, 0);
        if (least == 0 && most == 6) {
            same(node, map, Activation.relu6(graph.nameBehind(node, map, "_relu", "relu6")));
        } else if (least == 0 && most >= Float.MAX_VALUE) {
            relu(node);
        } else {
            idiom(node, map, "relu", new Idiom.Clip(least, most));
        }
    }

    private double bound(OnnxNode node, int position, String attribute, double otherwise) {
        if (!node.hasInput(position)) {
            return node.real(attribute, otherwise);
        }
        var bound = graph.floats(node, position);
        if (bound.size() != 1) {
            throw node.odd("its " + attribute + " has " + bound.size() + " values, not one");
        }
        return bound.get(0);
    }

    /// `Dropout`, which does nothing in inference, but matters for further training.
    void dropout(OnnxNode node) {
        double rate = node.hasInput(1) && graph.isConstant(node.input(1))
                ? OnnxNode.decimal(graph.floats(node, 1).get(0))
                : node.real("ratio", 0.5);
        var map = graph.map(node, 0);
        same(node, map, new Dropout(graph.name(node, () -> graph.names().first("dropout")), rate));
    }

    /// `Softmax` over channels. Before version 13 it normalized over all axes from the given one on.
    void softmax(OnnxNode node) {
        var map = graph.map(node, 0);
        boolean alone = graph.file().opset() >= 13;
        int axis = axis(node, node.whole("axis", alone ? -1 : 1), map);
        var over = alone
                ? map.axes().get(axis)
                : map.axes().subList(axis, map.axes().size()).stream()
                        .flatMap(List::stream)
                        .toList();
        if (!over.equals(OnnxFeatureMap.channels(map.shape()))) {
            throw node.odd("it works along axis " + (axis + 1) + " of " + map + ", which is not the channels");
        }
        if (node.kind().equals("LogSoftmax")) {
            idiom(node, map, "predictions", new Idiom.Last(OutputOperator.LOG_SOFTMAX));
            return;
        }
        same(node, map, new Softmax(graph.name(node, () -> graph.names().first("predictions"))));
    }

    /// `ArgMax` of the channels, whose result stands for its input.
    void argMax(OnnxNode node) {
        var map = graph.map(node, 0);
        if (!map.isChannels(axis(node, node.whole("axis", 0), map))) {
            throw node.odd(
                    "it works along axis " + node.whole("axis", 0) + " of " + map + ", which is not the channels");
        }
        idiom(node, map, "largest", new Idiom.Last(OutputOperator.ARG_MAX));
    }

    void sigmoid(OnnxNode node) {
        same(
                node,
                graph.map(node, 0),
                new Sigmoid(graph.name(node, () -> graph.names().first("sigmoid"))));
    }

    /// Global max pooling: a window that covers the feature map.
    void globalMaxPool(OnnxNode node) {
        var map = channelsFirst(node);
        globalMaxPool(node, map, OnnxFeatureMap.channelsFirst(0, vector(map)));
    }

    private void globalMaxPool(OnnxNode node, OnnxFeatureMap map, OnnxFeatureMap result) {
        var name = graph.name(node, () -> graph.names().first("global_max_pooling"));
        graph.put(node.output(), result.with(graph.append(node, map, Pool.globalMax(name, map.shape()))));
    }

    void responseNorm(OnnxNode node) {
        var map = graph.map(node, 0);
        if (!map.isChannels(0)) {
            throw node.odd("it normalizes " + map + " along another axis than channels");
        }
        same(
                node,
                map,
                new LocalResponseNorm(
                        graph.name(node, () -> graph.names().first("response_norm")),
                        node.whole("size", 0),
                        node.real("alpha", 1e-4),
                        node.real("beta", 0.75),
                        node.real("bias", 1)));
    }

    /// `MaxPool` and `AveragePool`. If an average includes the zero padding, a padding layer is added.
    void pool(OnnxNode node) {
        boolean average = node.kind().equals("AveragePool");
        var map = channelsFirst(node);
        var window = OnnxWindows.pool(node, map.shape());
        var before = new ArrayList<Layer>();
        if (average && node.whole("count_include_pad", 0) != 0) {
            var pads = node.wholes("pads", 4, 0);
            var zeros = new Explicit(pads[0], pads[2], pads[1], pads[3]);
            if (!zeros.equals(Padding.VALID)) {
                if (!node.text("auto_pad", "NOTSET").equals("NOTSET") || node.whole("ceil_mode", 0) != 0) {
                    throw node.odd("it includes zero padding in averages and rounds sizes up; only one of the two is"
                            + " supported");
                }
                before.add(new ZeroPad(graph.names().first("zero_pad"), zeros));
                window = window.withPadding(Padding.VALID);
            }
        }
        var shape = map.shape();
        boolean whole = window.height() == shape.height() && window.width() == shape.width() && before.isEmpty();
        if (average
                && whole
                && !graph.isQuantized() // the two round differently
                && Pool.average(node.toString(), window).outputShape(shape).pixels() == 1) {
            globalPool(node, map, OnnxFeatureMap.channelsFirst(0, vector(map)));
            return;
        }
        var name = graph.name(node, () -> graph.names().first(average ? "average_pool" : "max_pool"));
        before.add(average ? Pool.average(name, window) : Pool.max(name, window));
        var layers = before.toArray(Layer[]::new);
        int id = graph.append(node, map, layers);
        graph.put(node.output(), OnnxFeatureMap.channelsFirst(id, OnnxGraph.shape(shape, layers)));
    }

    void globalPool(OnnxNode node) {
        var map = channelsFirst(node);
        globalPool(node, map, OnnxFeatureMap.channelsFirst(0, vector(map)));
    }

    /// `ReduceMean` over rows and columns.
    void mean(OnnxNode node, long[] axes) {
        var map = graph.map(node, 0);
        globalPool(node, map, reduced(node, map, axes));
    }

    /// `ReduceMax` over rows and columns.
    void most(OnnxNode node, long[] axes) {
        var map = graph.map(node, 0);
        globalMaxPool(node, map, reduced(node, map, axes));
    }

    /// What is left of `map` without the rows and columns that `axes` must be.
    private static OnnxFeatureMap reduced(OnnxNode node, OnnxFeatureMap map, long[] axes) {
        var reduced = new ArrayList<OnnxFeatureMap.Side>();
        var kept = new ArrayList<>(map.axes());
        var places = new boolean[kept.size()];
        for (long axis : axes) {
            places[axis(node, axis, map)] = true;
        }
        for (int k = places.length - 1; k >= 0; k--) {
            if (places[k]) {
                reduced.addAll(map.axes().get(k));
                kept.remove(k);
                if (node.whole("keepdims", 1) != 0) {
                    kept.add(k, List.of());
                }
            }
        }
        var left = kept.stream().flatMap(List::stream).toList();
        boolean pixels = reduced.stream()
                .allMatch(side -> side.kind() == OnnxFeatureMap.Kind.ROW || side.kind() == OnnxFeatureMap.Kind.COLUMN);
        if (!pixels || !left.equals(OnnxFeatureMap.channels(map.shape()))) {
            throw node.odd("it works along other axes than the rows and columns of " + map);
        }
        return new OnnxFeatureMap(0, vector(map), kept);
    }

    private void globalPool(OnnxNode node, OnnxFeatureMap map, OnnxFeatureMap result) {
        var name = graph.name(node, () -> graph.names().first("global_average_pooling"));
        var layers = new ArrayList<Layer>(List.of(new GlobalAveragePool(name)));
        if (graph.isQuantized() && result.rank() == 2) { // TFLite rounds differently if the mean becomes a vector
            layers.add(new Flatten(graph.names().first("flatten")));
        }
        graph.put(node.output(), result.with(graph.append(node, map, layers.toArray(Layer[]::new))));
    }

    private static Shape vector(OnnxFeatureMap map) {
        return Shape.vector(map.shape().channels());
    }

    /// `Pad` with zeros around rows and columns.
    ///
    /// @param pads the padding before each axis, then the padding after each
    void pad(OnnxNode node, long[] pads) {
        var map = graph.map(node, 0);
        boolean zeros = !node.hasInput(2) || graph.floats(node, 2).get(0) == 0;
        if (!node.text("mode", "constant").equals("constant") || node.real("value", 0) != 0 || !zeros) {
            throw node.odd("it pads with other values than zeros");
        }
        int rows = map.isChannelsFirst() ? 2 : 1;
        if ((!map.isChannelsFirst() && !map.isChannelsLast()) || pads.length != 8) {
            throw node.odd("it pads " + map + "; only feature maps are supported");
        }
        int channels = map.isChannelsFirst() ? 1 : 3;
        if ((pads[0] | pads[4] | pads[channels] | pads[channels + 4]) != 0) {
            throw node.odd("it pads images or channels; only rows and columns are supported");
        }
        var zero = new ZeroPad(
                graph.name(node, () -> graph.names().first("zero_pad")),
                new Explicit(
                        few(node, pads[rows]),
                        few(node, pads[rows + 4]),
                        few(node, pads[rows + 1]),
                        few(node, pads[rows + 5])));
        int id = graph.append(node, map, zero);
        var shape = zero.outputShape(map.shape());
        graph.put(
                node.output(),
                map.isChannelsFirst()
                        ? OnnxFeatureMap.channelsFirst(id, shape)
                        : OnnxFeatureMap.channelsLast(id, shape));
    }

    private static int few(OnnxNode node, long pad) {
        if (pad < 0 || pad > Short.MAX_VALUE) {
            throw node.odd("it pads by " + pad + "; only 0 to " + Short.MAX_VALUE + " are supported");
        }
        return (int) pad;
    }

    /// `Add`, `Sum` and `Mul` of feature maps.
    void join(OnnxNode node, Parallel.Join join) {
        var maps = maps(node);
        var first = maps.getFirst();
        if (maps.stream()
                .anyMatch(
                        map -> !map.axes().equals(first.axes()) || !map.shape().equals(first.shape()))) {
            throw node.odd("it adds or multiplies feature maps of different shapes; only equal shapes are supported");
        }
        if (maps.size() == 1) {
            graph.put(node.output(), first);
            return;
        }
        var usual = join == Parallel.Join.ADD ? "add" : "multiply";
        var name = graph.name(node, () -> graph.names().first(usual));
        graph.put(node.output(), first.with(graph.appendJoin(node, join, name, maps)));
    }

    /// `Concat` of feature maps along their channels.
    void concat(OnnxNode node) {
        var maps = maps(node);
        var first = maps.getFirst();
        int axis = axis(node, node.whole("axis", 1), first);
        int channels = 0;
        for (var map : maps) {
            if (map.rank() != first.rank()
                    || !map.isChannels(axis)
                    || !without(axis, map).equals(without(axis, first))) {
                throw node.odd("it joins " + first + " and " + map + " along axis " + (axis + 1)
                        + "; only feature maps of equal size can be joined, along their channels");
            }
            channels = BadValueException.toInt((long) channels + map.shape().channels());
        }
        if (maps.size() == 1) {
            graph.put(node.output(), first);
            return;
        }
        var name = graph.name(node, () -> graph.names().first("concatenate"));
        int id = graph.appendJoin(node, Parallel.Join.CONCATENATE, name, maps);
        var shape = first.shape().withChannels(channels);
        var axes = new ArrayList<>(first.axes());
        axes.set(axis, OnnxFeatureMap.channels(shape));
        graph.put(node.output(), new OnnxFeatureMap(id, shape, axes));
    }

    private static List<List<OnnxFeatureMap.Side>> without(int axis, OnnxFeatureMap map) {
        var axes = new ArrayList<>(map.axes());
        axes.remove(axis);
        return axes;
    }

    private List<OnnxFeatureMap> maps(OnnxNode node) {
        var maps = new ArrayList<OnnxFeatureMap>();
        for (int i = 0; i < Math.max(1, node.proto().getInputCount()); i++) {
            maps.add(graph.map(node, i));
        }
        return maps;
    }

    private OnnxFeatureMap channelsFirst(OnnxNode node) {
        var map = graph.map(node, 0);
        if (!map.isChannelsFirst()) {
            throw node.odd("it reads " + map + " as N x C x H x W, but it has another layout");
        }
        return map;
    }

    private void same(OnnxNode node, OnnxFeatureMap map, Layer layer) {
        graph.put(node.output(), map.with(graph.append(node, map, layer)));
    }

    /// Axis `axis`, counted from the one after the batch; negative axes count from the end.
    static int axis(OnnxNode node, long axis, OnnxFeatureMap map) {
        long place = axis < 0 ? axis + map.rank() : axis;
        if (place < 1 || place >= map.rank()) {
            throw node.odd("it works along axis " + axis + " of " + map + "; only axes of one image are supported");
        }
        return (int) place - (map.isMerged() ? 0 : 1);
    }
}
