package org.mobilenet4j.formats.onnx.read;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.GraphNode;
import org.mobilenet4j.formats.graph.Idiom;
import org.mobilenet4j.formats.graph.LayerNames;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// The state of reading an ONNX graph, by tensor names: constants, feature maps, and the nodes and weights of the
/// network so far.
final class OnnxGraph {
    private final OnnxFile file;
    private final Map<String, OnnxTensor> constants;
    private final Map<String, OnnxFeatureMap> maps = new HashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final List<GraphNode> nodes = new ArrayList<>();

    /// By value: the tensor that an operator computed, and the layer that later ones are named after.
    private final Map<Integer, String> makers = new HashMap<>();

    private final Map<Integer, String> stems = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final LayerNames names = new LayerNames();
    private final OnnxKernels kernels;
    private final OnnxQuantization quantization = new OnnxQuantization(this);
    private final boolean isQuantized;

    OnnxGraph(OnnxFile file) {
        this.file = file;
        this.constants = new HashMap<>(file.constants());
        this.isQuantized = file.storesMaps();
        this.kernels = new OnnxKernels(file.byteSize() + file.data().byteSize(), isQuantized);
        file.graph().getNodeList().forEach(node -> node.getInputList().forEach(this::use));
        file.graph().getOutputList().forEach(output -> use(output.getName()));
    }

    private void use(String tensor) {
        uses.merge(tensor, 1, Integer::sum);
    }

    OnnxFile file() {
        return file;
    }

    List<GraphNode> nodes() {
        return nodes;
    }

    OnnxKernels kernels() {
        return kernels;
    }

    OnnxQuantization quantization() {
        return quantization;
    }

    /// Whether the network is quantized.
    boolean isQuantized() {
        return isQuantized;
    }

    LayerNames names() {
        return names;
    }

    /// A layer's name: the node's own in files of this library, otherwise a name by kind.
    String name(OnnxNode node, Supplier<String> usual) {
        var own = node.name();
        if (file.isOurs() && !own.isBlank() && !own.contains("/") && taken.add(own)) {
            return own;
        }
        return free(usual);
    }

    private String free(Supplier<String> usual) {
        while (true) {
            var name = usual.get();
            if (taken.add(name)) {
                return name;
            }
        }
    }

    /// A name by kind that no layer has yet.
    String free(String kind) {
        return free(() -> names.first(kind));
    }

    /// The name of a layer that follows the one that computed `input`: that one's name with `suffix`, if it has
    /// weights.
    String nameBehind(OnnxNode node, OnnxFeatureMap input, String suffix, String alone) {
        var stem = stems.get(input.id());
        var behind = stem == null ? null : stem + suffix;
        return name(node, () -> behind == null || taken.contains(behind) ? names.first(alone) : behind);
    }

    boolean isConstant(String tensor) {
        return constants.containsKey(tensor);
    }

    @Nullable
    OnnxTensor constant(String tensor) {
        return constants.get(tensor);
    }

    void addConstant(String tensor, TensorProto value) {
        constants.put(tensor, OnnxTensor.of(value, file.data()));
    }

    void putConstant(String tensor, OnnxTensor value) {
        constants.put(tensor, value);
    }

    /// Makes `to` another name of the constant or feature map `from`.
    void alias(OnnxNode node, String from, String to) {
        var constant = constants.get(from);
        if (constant == null) {
            put(to, map(node, from));
        } else {
            constants.put(to, constant);
        }
    }

    /// The floats that the node reads at `position`.
    Tensor floats(OnnxNode node, int position) {
        var tensor = constants.get(node.input(position));
        if (tensor == null) {
            throw node.odd("its input \"" + node.input(position) + "\" is computed; it must be a constant");
        }
        return tensor.floats();
    }

    /// The same, with so many dimensions.
    Tensor floats(OnnxNode node, int position, int rank) {
        var tensor = floats(node, position);
        if (tensor.dims().size() != rank) {
            throw node.odd("its input \"" + node.input(position) + "\" is " + Tensor.text(tensor.dims()) + "; " + rank
                    + " dimensions are needed");
        }
        return tensor;
    }

    /// The kernel that the node reads at `position`, of `rank` dimensions: floats, or quantized with one scale or one
    /// for each index of dimension `channels`.
    Tensor kernel(OnnxNode node, int position, int rank, int channels) {
        var kernel = floats(node, position, rank);
        var constant = constants.get(node.input(position));
        if (constant != null && constant.scales() != null && !constant.scales().fit(channels)) {
            throw node.odd(
                    "its kernel has scales along dimension " + constant.scales().axis()
                            + "; one scale, or one for each output channel (dimension " + channels + ") is supported");
        }
        return kernel;
    }

    /// The feature map that the node reads at `position`.
    OnnxFeatureMap map(OnnxNode node, int position) {
        return map(node, node.input(position));
    }

    /// Whether `tensor` is the network's input, maybe moved.
    boolean isInput(String tensor) {
        var map = maps.get(tensor);
        return map != null && map.id() == Node.INPUT;
    }

    boolean isMap(String tensor) {
        return maps.containsKey(tensor);
    }

    private OnnxFeatureMap map(OnnxNode node, String tensor) {
        var map = maps.get(tensor);
        if (map == null) {
            throw node.odd("it reads \"" + tensor + "\" as a feature map, but no earlier operator computes it");
        }
        return map;
    }

    /// @throws IllegalArgumentException if the output is not a feature map
    OnnxFeatureMap output(String tensor) {
        var map = maps.get(tensor);
        if (map == null) {
            throw new BadValueException("has the output \"" + tensor + "\", which no supported operator computes");
        }
        return map;
    }

    void put(String tensor, OnnxFeatureMap map) {
        maps.put(tensor, map);
    }

    /// Appends an operation that applies `layers` to `input`. The caller records the resulting feature map.
    ///
    /// @return the id of the result
    int append(OnnxNode node, OnnxFeatureMap input, Layer... layers) {
        return append(node, GraphNode.of(node.toString(), input.id(), layers), stems.get(input.id()));
    }

    /// Appends what has yet to become a layer, called `name`.
    int append(OnnxNode node, OnnxFeatureMap input, String name, Idiom idiom) {
        return append(node, GraphNode.of(name, input.id(), idiom), stems.get(input.id()));
    }

    /// Replaces the operation that computed `map`.
    void replace(OnnxFeatureMap map, GraphNode made) {
        nodes.set(map.id() - 1, made);
    }

    /// The same for a layer with weights, which later ones are named after.
    int appendLinear(OnnxNode node, OnnxFeatureMap input, String name, Layer... layers) {
        return append(node, GraphNode.of(node.toString(), input.id(), layers), name);
    }

    /// Appends a join of several feature maps.
    int appendJoin(OnnxNode node, Parallel.Join join, String name, List<OnnxFeatureMap> inputs) {
        var ids = inputs.stream().map(OnnxFeatureMap::id).toList();
        return append(node, GraphNode.joining(name, join, ids), name);
    }

    private int append(OnnxNode node, GraphNode made, @Nullable String stem) {
        nodes.add(made);
        int id = nodes.size();
        makers.put(id, node.output());
        if (stem != null) {
            stems.put(id, stem);
        }
        return id;
    }

    /// The last layer of the operation that computed `map`, if `tensor` is its output and only one operator reads it.
    /// That operator may then change the layer.
    @Nullable
    Layer soleLayer(String tensor, OnnxFeatureMap map) {
        var layers = map.id() == 0 ? List.<Layer>of() : nodes.get(map.id() - 1).layers();
        return !layers.isEmpty() && isSole(tensor, map) ? layers.getLast() : null;
    }

    /// Whether `tensor` is the output of the operation that computed `map`, and only one operator reads it.
    boolean isSole(String tensor, OnnxFeatureMap map) {
        return tensor.equals(makers.get(map.id())) && uses.getOrDefault(tensor, 0) == 1;
    }

    /// Adds `layer` to the operation that computed `map`.
    void addLast(OnnxFeatureMap map, Layer layer) {
        var node = nodes.get(map.id() - 1);
        var all = new ArrayList<>(node.layers());
        all.add(layer);
        nodes.set(map.id() - 1, node.withLayers(all));
    }

    /// Replaces the last layer of the operation that computed `map` with `layers`.
    void replaceLast(OnnxFeatureMap map, Layer... layers) {
        var node = nodes.get(map.id() - 1);
        var all = new ArrayList<>(node.layers());
        all.removeLast();
        all.addAll(List.of(layers));
        nodes.set(map.id() - 1, node.withLayers(all));
    }

    /// The output shape of `layers` for the input `shape`.
    static Shape shape(Shape shape, Layer... layers) {
        var made = shape;
        for (var layer : layers) {
            made = layer.outputShape(made);
        }
        return made;
    }
}
