package org.mobilenet4j.formats.tflite.write;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Convolution;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Nonlinearity.Curve;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.error.BadValueException;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;

/// Turns the layers of a network without batch normalization into TFLite operators: most layers into one, with the
/// activation after it fused.
final class TfliteNetworkWriter {
    private static final int SAME = org.tensorflow.lite.schema.Padding.SAME;
    private static final int VALID = org.tensorflow.lite.schema.Padding.VALID;

    private final TfliteActivationTypes storage;
    private final TfliteTables tables;
    private final TfliteConstants constants;
    private final TfliteMoves moves;
    private final TfliteFusion fusion;
    private final Map<Integer, TfliteValue> values = new HashMap<>();
    private final List<Integer> outputs;

    /// Adds the operators of `network` to `tables`.
    ///
    /// @param end of a detector, of which `network` is all before it; null for others
    /// @throws IllegalArgumentException if TFLite has no operator for a layer, naming it
    TfliteNetworkWriter(
            Network network,
            TfliteActivationTypes storage,
            TfliteTables tables,
            TfliteConstants constants,
            @Nullable TfliteDetectorEnd end) {
        this.storage = storage;
        this.tables = tables;
        this.constants = constants;
        this.moves = new TfliteMoves(tables);
        this.fusion = new TfliteFusion(network, storage);
        var shape = network.input();
        int input = tables.map("input", TfliteValue.map(shape), storage.of(Node.INPUT));
        values.put(Node.INPUT, new TfliteValue(input, shape, false));
        for (var node : network.nodes()) {
            if (end == null || !end.joins(node)) {
                add(node);
            }
        }
        outputs = end == null ? List.of(output(value(network.nodes().size())).tensor()) : end.add(this::value);
    }

    private TfliteValue output(TfliteValue last) {
        return last.shape().pixels() == 1 ? moves.toVector("output", last) : last;
    }

    /// The tensor of the network's input.
    int input() {
        return value(Node.INPUT).tensor();
    }

    /// The tensors of the network's outputs: one, `1xC`, or `1xHxWxC` if it is a feature map of several pixels; or
    /// those
    /// of a detector's end.
    List<Integer> outputs() {
        return outputs;
    }

    private void add(Node node) {
        var from = value(node.inputs().getFirst());
        switch (node.layer()) {
            case Conv conv -> addConv(node, conv);
            case DepthwiseConv conv -> addDepthwise(node, conv);
            case Dense _ -> {
                var inputs = List.of(from.tensor(), constants.dense(node), constants.bias(node, from.tensor()));
                tables.add(WrittenOperator.dense(inputs, make(node, true), fusion.function(node)));
            }
            case Activation _ -> addActivation(node, from);
            case Pool pool -> addPool(node, pool);
            case GlobalAveragePool _ -> {
                int map = moves.toMap(node.name(), from).tensor();
                int axes = moves.integers(node.name() + "/axes", List.of(2), 1, 2);
                boolean keepsDims = storage.keepsDims(node);
                tables.add(WrittenOperator.mean(map, axes, make(node, !keepsDims), keepsDims));
            }
            case Flatten _ -> values.put(node.id(), moves.toVector(node.name(), from));
            case Softmax _ -> tables.add(WrittenOperator.softmax(from.tensor(), make(node, from.isVector())));
            case Sigmoid _ ->
                tables.add(WrittenOperator.plain(BuiltinOperator.LOGISTIC, make(node, from.isVector()), from.tensor()));
            case Nonlinearity layer -> addNonlinearity(node, layer, from);
            case Prelu _ -> {
                int slopes = constants.slopes(node, from.isVector());
                int output = make(node, from.isVector());
                tables.add(WrittenOperator.plain(BuiltinOperator.PRELU, output, from.tensor(), slopes));
            }
            case LocalResponseNorm norm -> addResponseNorm(node, norm);
            case ChannelShuffle shuffle -> {
                var map = moves.toMap(node.name(), from);
                values.put(node.id(), moves.shuffle(node.name(), map, shuffle.groups()));
            }
            case ZeroPad pad -> {
                var map = moves.toMap(node.name(), from);
                values.put(node.id(), moves.padWithZeros(node.name(), map, pad.padding()));
            }
            case BilinearResize resize -> {
                int map = moves.toMap(node.name(), from).tensor();
                int size = moves.integers(node.name() + "/size", List.of(2), resize.height(), resize.width());
                tables.add(WrittenOperator.resize(map, size, make(node, false), resize.coordinates()));
            }
            case Dropout _ -> values.put(node.id(), from);
            case Requantize layer -> {
                if (storage.of(node.id()).equals(TfliteTensorType.FLOATS)) {
                    values.put(node.id(), from);
                } else if (layer.roundsFloats()) {
                    var line = moves.toVector(node.name() + "_line", from);
                    var joined = List.of(line.tensor());
                    tables.add(WrittenOperator.concatenate(joined, make(node, true), 1));
                } else {
                    tables.add(WrittenOperator.plain(
                            BuiltinOperator.QUANTIZE, make(node, from.isVector()), from.tensor()));
                }
            }
            case Parallel parallel -> addJoin(node, parallel);
            case BatchNorm _, Sequence _ -> throw new IllegalStateException(node.name() + " is not an operation here");
        }
    }

    private void addConv(Node node, Conv conv) {
        int padding = padding(node, conv.window());
        var input = padding == VALID ? zerosAround(node, conv.window()) : mapBefore(node);
        var inputs = List.of(input.tensor(), constants.conv(node), constants.bias(node, input.tensor()));
        boolean isGrouped = conv.groups() > 1;
        tables.add(WrittenOperator.conv(
                inputs, make(node, false), conv.window(), padding, fusion.function(node), isGrouped));
    }

    private void addDepthwise(Node node, DepthwiseConv conv) {
        int padding = padding(node, conv.window());
        var input = padding == VALID ? zerosAround(node, conv.window()) : mapBefore(node);
        var inputs = List.of(input.tensor(), constants.depthwise(node), constants.bias(node, input.tensor()));
        int multiplier = conv.channelMultiplier();
        tables.add(WrittenOperator.depthwise(
                inputs, make(node, false), conv.window(), padding, multiplier, fusion.function(node)));
    }

    private void addPool(Node node, Pool pool) {
        int padding = padding(node, pool.window());
        var input = mapBefore(node);
        var around = around(node, pool.window());
        if (padding == VALID && !around.equals(Padding.VALID)) {
            if (pool.kind() == Pool.Kind.AVERAGE) {
                throw new BadValueException("the layer " + node.name() + " cannot be written as TFLite: it is"
                        + " average pooling with " + pool.window().padding() + " padding on " + node.input()
                        + ", but TFLite supports only same and valid padding");
            }
            input = moves.padWithLeast(node.name() + "_pad", input, around);
        }
        int code = switch (pool.kind()) {
            case MAX -> BuiltinOperator.MAX_POOL_2D;
            case AVERAGE -> BuiltinOperator.AVERAGE_POOL_2D;
        };
        int output = make(node, false);
        tables.add(WrittenOperator.pool(code, input.tensor(), output, pool.window(), padding, fusion.function(node)));
    }

    private void addActivation(Node node, TfliteValue from) {
        if (fusion.isFused(node)) {
            values.put(node.id(), from);
            return;
        }
        int code = switch (((Activation) node.layer()).function()) {
            case RELU -> BuiltinOperator.RELU;
            case RELU6 -> BuiltinOperator.RELU6;
        };
        tables.add(WrittenOperator.plain(code, make(node, from.isVector()), from.tensor()));
    }

    private void addNonlinearity(Node node, Nonlinearity layer, TfliteValue from) {
        int input = from.tensor();
        if (layer.function() == Curve.SILU) {
            if (!storage.of(node.id()).equals(TfliteTensorType.FLOATS)) {
                throw new BadValueException("the layer " + node.name() + " cannot be written as TFLite: it has no"
                        + " operator for SiLU of integers");
            }
            int gate = tables.map(
                    node.name() + "_gate",
                    from.isVector() ? TfliteValue.vector(node.output()) : TfliteValue.map(node.output()),
                    TfliteTensorType.FLOATS);
            tables.add(WrittenOperator.plain(BuiltinOperator.LOGISTIC, gate, input));
            int output = make(node, from.isVector());
            tables.add(WrittenOperator.multiply(input, gate, output, ActivationFunctionType.NONE));
            return;
        }
        tables.add(WrittenOperator.nonlinearity(layer, input, make(node, from.isVector())));
    }

    /// TFLite does not divide alpha by the number of channels in the neighborhood.
    private void addResponseNorm(Node node, LocalResponseNorm norm) {
        int input = mapBefore(node).tensor();
        float alpha = (float) (norm.alpha() / norm.size());
        tables.add(WrittenOperator.responseNorm(
                input, make(node, false), norm.size() / 2, (float) norm.k(), alpha, (float) norm.beta()));
    }

    private void addJoin(Node node, Parallel parallel) {
        var branches = node.inputs().stream().map(this::value).toList();
        boolean areVectors = branches.stream().allMatch(TfliteValue::isVector);
        var tensors = branches.stream()
                .map(branch -> areVectors ? branch : moves.toMap(node.name(), branch))
                .map(TfliteValue::tensor)
                .toList();
        int output = make(node, areVectors);
        switch (parallel.join()) {
            case CONCATENATE -> tables.add(WrittenOperator.concatenate(tensors, output, areVectors ? 1 : 3));
            case ADD, MULTIPLY -> {
                boolean adds = parallel.join() == Parallel.Join.ADD;
                // TFLite adds and multiplies two at a time.
                int both = tensors.getFirst();
                for (int tensor : tensors.subList(1, tensors.size() - 1)) {
                    int next = tables.map(
                            node.name() + (adds ? "_sum" : "_product"),
                            value(node.id()).dims(),
                            TfliteTensorType.FLOATS);
                    both = tables.add(pair(adds, both, tensor, next, ActivationFunctionType.NONE));
                }
                tables.add(pair(adds, both, tensors.getLast(), output, fusion.function(node)));
            }
        }
    }

    private static WrittenOperator pair(boolean adds, int left, int right, int output, int activation) {
        return adds
                ? WrittenOperator.add(left, right, output, activation)
                : WrittenOperator.multiply(left, right, output, activation);
    }

    /// Which of the schema's two paddings a window has; valid if the feature map is padded before.
    private static int padding(Node node, Window window) {
        var same = window.withPadding(Padding.SAME);
        boolean isSame = around(node, window).equals(around(node, same));
        // XNNPACK, which TFLite uses for convolutions, computes another padding than SAME if no window reads the last
        // rows or columns.
        boolean isMistaken = node.layer() instanceof Convolution && leavesSomeUnread(node, window);
        return isSame && !isMistaken && !window.padding().equals(Padding.VALID) ? SAME : VALID;
    }

    private static boolean leavesSomeUnread(Node node, Window window) {
        int rows = (node.output().height() - 1) * window.strideRows() + window.effectiveHeight();
        int columns = (node.output().width() - 1) * window.strideColumns() + window.effectiveWidth();
        return rows < node.input().height() || columns < node.input().width();
    }

    private static Padding.Explicit around(Node node, Window window) {
        var shape = node.input();
        return new Padding.Explicit(window.top(shape), window.bottom(shape), window.left(shape), window.right(shape));
    }

    /// The input of `node`, with the zero padding that its window needs.
    private TfliteValue zerosAround(Node node, Window window) {
        var map = mapBefore(node);
        var around = around(node, window);
        return around.equals(Padding.VALID) ? map : moves.padWithZeros(node.name() + "_pad", map, around);
    }

    private TfliteValue mapBefore(Node node) {
        return moves.toMap(node.name(), value(node.inputs().getFirst()));
    }

    private TfliteValue value(int id) {
        return Objects.requireNonNull(values.get(id));
    }

    /// Declares the output of the operator of `node`.
    private int make(Node node, boolean isVector) {
        var dims = isVector ? TfliteValue.vector(node.output()) : TfliteValue.map(node.output());
        int tensor = tables.map(node.name(), dims, storage.of(fusion.made(node)));
        values.put(node.id(), new TfliteValue(tensor, node.output(), isVector));
        return tensor;
    }
}
