package org.mobilenet4j.formats.onnx.read;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.LinearLayer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Trait;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.GraphNode;
import org.mobilenet4j.formats.graph.Idiom;
import org.mobilenet4j.formats.graph.ImpliedActivation;
import org.mobilenet4j.formats.graph.StoredTable;
import org.mobilenet4j.formats.onnx.OnnxProtos;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;

/// Reads `QuantizeLinear` and `DequantizeLinear`: the quantization of feature maps and of integer constants.
///
/// The `QuantizeLinear` that follows a feature map gives its quantization. Operators between it and a
/// `DequantizeLinear` may only move values.
final class OnnxQuantization {
    static final String QUANTIZE = "QuantizeLinear";
    static final String DEQUANTIZE = "DequantizeLinear";

    /// Operators that work on quantized values as on real ones.
    static final Set<String> MOVING =
            Set.of("Flatten", "Identity", "MaxPool", "Reshape", "Shape", "Squeeze", "Transpose", "Unsqueeze");

    private final OnnxGraph graph;

    /// Quantization by value.
    private final Map<Integer, ActivationQuantization> stored = new HashMap<>();

    private final SequencedMap<String, ActivationQuantization> layers = new LinkedHashMap<>();

    /// Tensors of quantized feature maps.
    private final Set<String> wholes = new HashSet<>();

    OnnxQuantization(OnnxGraph graph) {
        this.graph = graph;
    }

    /// Sets the quantization of the network's input.
    void inputIs(ActivationQuantization own) {
        stored.put(Node.INPUT, own);
    }

    /// Records that the network's input is quantized.
    void inputIsWhole(String tensor) {
        wholes.add(tensor);
    }

    /// Reads `node`, if it is one of the two.
    ///
    /// @return whether it is
    /// @throws IllegalArgumentException also if another operator computes with quantized values
    boolean read(OnnxNode node) {
        switch (node.kind()) {
            case QUANTIZE -> quantize(node);
            case DEQUANTIZE -> dequantize(node);
            default -> {
                checkMoves(node);
                return false;
            }
        }
        return true;
    }

    private void checkMoves(OnnxNode node) {
        for (int i = 0; i < node.proto().getInputCount(); i++) {
            if (wholes.contains(node.proto().getInput(i))) {
                boolean isInput = !graph.isQuantized() && node.kind().equals("Cast") && graph.isInput(node.input(i));
                if (isInput) {
                    continue; // a photo's bytes as floats
                }
                if (!MOVING.contains(node.kind())) {
                    throw node.odd("it computes with quantized values; put it after a DequantizeLinear");
                }
                if (!node.kind().equals("Shape")) {
                    wholes.add(node.output());
                }
            }
        }
    }

    private void quantize(OnnxNode node) {
        var constant = graph.constant(node.input(0));
        if (constant != null) {
            graph.addConstant(node.output(), rounded(node, constant));
            return;
        }
        var map = graph.map(node, 0);
        var own = ofMap(node, null);
        if (!graph.isQuantized()) {
            addImplied(node, map, own); // all that is left of it in floats
            graph.put(node.output(), map);
            wholes.add(node.output());
            return;
        }
        var before = stored(map.id());
        if (before != null) {
            if (!before.meansTheSameAs(own)) {
                map = requantized(node, map);
            }
            if (!stored.containsKey(map.id())) {
                put(map, own);
            }
        } else if (map.id() == Node.INPUT) {
            stored.put(Node.INPUT, own);
        } else {
            store(node, map, own);
        }
        graph.put(node.output(), map);
        wholes.add(node.output());
    }

    /// Requantizes a feature map that is already quantized, or was only moved since, to another scale.
    private OnnxFeatureMap requantized(OnnxNode node, OnnxFeatureMap map) {
        var name = graph.nameBehind(node, map, "_requantize", "requantize");
        return map.with(graph.append(node, map, new Requantize(name)));
    }

    /// The first quantization of the feature map.
    private void store(OnnxNode node, OnnxFeatureMap map, ActivationQuantization own) {
        var made = graph.nodes().get(map.id() - 1);
        if (made.idiom() instanceof Idiom.Affine) {
            storeArithmetic(map, made, own);
            return;
        }
        if (average(made) && !own.meansTheSameAs(storedInput(node, made))) {
            throw node.odd("it gives the output of " + made.name()
                    + " another scale than its input's, which is not supported for average pooling");
        }
        addImplied(node, map, own);
        put(map, own);
    }

    private void addImplied(OnnxNode node, OnnxFeatureMap map, ActivationQuantization own) {
        var implied = ImpliedActivation.of(own);
        if (implied.isPresent()
                && map.id() != Node.INPUT
                && !graph.file().isOurs()
                && isLinear(graph.nodes().get(map.id() - 1))
                && graph.isSole(node.input(0), map)) {
            var name = graph.nameBehind(node, map, "_relu", "relu");
            graph.addLast(map, new Activation(name, implied.get()));
        }
    }

    /// Arithmetic with constants becomes a table from the integers that it begins with to those that it ends with. In
    /// front
    /// of the first quantization it is preprocessing.
    private void storeArithmetic(OnnxFeatureMap map, GraphNode made, ActivationQuantization own) {
        var steps = new ArrayList<Idiom.Affine>();
        int value = map.id();
        while (value != Node.INPUT && graph.nodes().get(value - 1).idiom() instanceof Idiom.Affine affine) {
            steps.addFirst(affine);
            value = graph.nodes().get(value - 1).inputs().getFirst();
        }
        var from = stored(value);
        if (from == null && value == Node.INPUT) {
            stored.put(Node.INPUT, own);
            stored.put(map.id(), own);
            return;
        }
        if (from == null) {
            throw new BadValueException("computes " + made.name() + " from floats in a quantized network; only networks"
                    + " that are float or quantized throughout are supported");
        }
        int channels = map.shape().channels();
        var table = StoredTable.of(from, own, channels, (channel, number) -> {
            float real = (number - from.zeroPoint()) * from.scale();
            for (var step : steps) {
                real = (float) (real * step.scale().get(channel) + step.offset().get(channel));
            }
            return (int) Math.rint(real / own.scale()) + own.zeroPoint();
        });
        graph.replace(map, GraphNode.of(made.name(), value, new Idiom.Lookup(table, channels)));
        put(map, own);
    }

    private void put(OnnxFeatureMap map, ActivationQuantization own) {
        stored.put(map.id(), own);
        layers.put(nameOf(graph.nodes().get(map.id() - 1)), own);
    }

    private static boolean average(GraphNode node) {
        return node.layers().stream().anyMatch(layer -> layer instanceof Pool pool && pool.kind() == Pool.Kind.AVERAGE);
    }

    private static boolean isLinear(GraphNode node) {
        if (node.layers().isEmpty()) {
            return node.join() == Parallel.Join.ADD;
        }
        var last = node.layers().getLast();
        return last instanceof LinearLayer;
    }

    /// The output of a layer that only moves values has the quantization of its input.
    private static String nameOf(GraphNode node) {
        return node.layers().reversed().stream()
                .filter(layer -> !layer.is(Trait.RESHAPES) || node.layers().size() == 1)
                .findFirst()
                .map(Layer::name)
                .orElse(node.name());
    }

    private void dequantize(OnnxNode node) {
        var constant = graph.constant(node.input(0));
        if (constant != null) {
            graph.putConstant(node.output(), constant.with(ofConstant(node, constant.dims(), constant.type())));
            return;
        }
        var map = graph.map(node, 0);
        if (!wholes.contains(node.input(0))) {
            throw node.odd("it reads a float feature map");
        }
        if (!graph.isQuantized()) {
            graph.put(node.output(), map);
            return;
        }
        var before = stored(map.id());
        var own = ofMap(node, before);
        if (before == null) {
            stored.put(map.id(), own); // the network's input
        } else if (!before.equals(own)) {
            throw node.odd("it reads as " + own + " what is quantized as " + before + "; both must be equal");
        }
        graph.put(node.output(), map);
    }

    /// The quantization of value `id`; null if it is not quantized, or not yet.
    private @Nullable ActivationQuantization stored(int id) {
        int value = id;
        while (!stored.containsKey(value) && value != Node.INPUT) {
            var node = graph.nodes().get(value - 1);
            if (node.join() != null || !node.layers().stream().allMatch(layer -> layer.is(Trait.MOVES_VALUES))) {
                return null;
            }
            value = node.inputs().getFirst();
        }
        return stored.get(value);
    }

    private ActivationQuantization storedInput(OnnxNode node, GraphNode made) {
        var input = stored(made.inputs().getFirst());
        if (input == null) {
            throw node.odd("the input of " + made.name() + " is not quantized; only networks that are float or"
                    + " quantized throughout are supported");
        }
        return input;
    }

    /// @param otherwise the quantization if the node does not specify it
    private ActivationQuantization ofMap(OnnxNode node, @Nullable ActivationQuantization otherwise) {
        var scale = graph.floats(node, 1);
        if (scale.size() != 1) {
            throw node.odd("it has " + scale.size() + " scales for a feature map; only one is supported");
        }
        var type = otherwise == null ? ElementType.UINT8 : otherwise.type();
        int zero = 0;
        if (node.hasInput(2)) {
            var point = zeroPoints(node);
            if (point.bytes().length != 1) {
                throw node.odd(
                        "it has " + point.bytes().length + " zero points for a feature map; only one is supported");
            }
            type = point.type();
            zero = point.bytes()[0];
        } else if (node.whole("output_dtype", 0) != 0) {
            throw node.odd("it has no zero point; add one of type INT8 or UINT8");
        }
        try {
            return new ActivationQuantization(type, scale.get(0), zero);
        } catch (BadValueException e) {
            throw new BadValueException(node.odd(e.getMessage()).getMessage(), e);
        }
    }

    /// Weights of a network from quantization-aware training: floats with a `QuantizeLinear` of their own.
    private TensorProto rounded(OnnxNode node, OnnxTensor constant) {
        var values = constant.floats();
        var type = node.hasInput(2) ? zeroPoints(node).type() : ElementType.UINT8;
        var scales = ofConstant(node, values.dims(), type);
        var meaning = scales.quantization();
        int inner = 1;
        for (int k = scales.axis() + 1; k < values.dims().size(); k++) {
            inner *= values.dims().get(k);
        }
        var numbers = graph.kernels().bytes(values.size());
        for (int i = 0; i < numbers.length; i++) {
            int channel = i / inner;
            double number = Math.rint(values.get(i) / meaning.scale(channel)) + meaning.zeroPoint(channel);
            numbers[i] = (byte) Math.clamp((long) number, type.least(), type.greatest());
        }
        return OnnxProtos.bytes(node.output(), type, numbers, values.dims());
    }

    private OnnxScales ofConstant(OnnxNode node, List<Integer> dims, ElementType type) {
        var scales = graph.floats(node, 1).toArray();
        int given = scales.length == 1 ? 0 : node.whole("axis", 1);
        int axis = given < 0 ? given + dims.size() : given;
        boolean isAxis = axis >= 0 && axis < dims.size() && dims.get(axis) == scales.length;
        if (node.whole("block_size", 0) != 0 || (scales.length > 1 && !isAxis)) {
            throw node.odd("it has " + scales.length + " scales; one, or one for each output channel is supported");
        }
        var zeros = new int[scales.length];
        if (node.hasInput(2) && type != ElementType.INT32) {
            var points = zeroPoints(node);
            if (points.bytes().length != zeros.length || points.type() != type) {
                throw node.odd("its zero points do not fit its " + zeros.length + " scales of " + type);
            }
            zeros = points.bytes();
        }
        try {
            return new OnnxScales(Quantization.perChannel(scales, zeros), axis);
        } catch (BadValueException e) {
            throw new BadValueException(node.odd(e.getMessage()).getMessage(), e);
        }
    }

    private OnnxTensor zeroPoints(OnnxNode node) {
        var points = graph.constant(node.input(2));
        if (points == null || points.bytes().length == 0) {
            throw node.odd("its zero point is computed or missing; it must be a constant");
        }
        return points;
    }

    /// The scale of a feature map that a linear operator reads.
    ///
    /// @throws IllegalArgumentException if the feature map is not quantized
    float scale(OnnxNode node, int id) {
        var input = stored(id);
        if (input == null) {
            throw node.odd("it computes with floats in a quantized network; only networks that are float or quantized"
                    + " throughout are supported");
        }
        return input.scale();
    }

    /// The quantization of the layers of `network`; empty for a float network.
    Optional<NetworkQuantization> quantization(Network network) {
        if (!graph.isQuantized()) {
            return Optional.empty();
        }
        var input = stored.get(Node.INPUT);
        if (input == null) {
            throw new BadValueException("quantizes feature maps, but not its input; only networks that are float or"
                    + " quantized throughout are supported");
        }
        var names = new ArrayList<String>();
        network.nodes().forEach(node -> names.add(node.name()));
        layers.keySet().retainAll(Set.copyOf(names));
        return Optional.of(new NetworkQuantization(input, layers));
    }
}
