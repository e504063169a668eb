package org.mobilenet4j.formats.onnx.write;

import static org.mobilenet4j.formats.onnx.OnnxProtos.number;
import static org.mobilenet4j.formats.onnx.OnnxProtos.numbers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.formats.onnx.OnnxProtos;
import org.mobilenet4j.tensor.Shape;

/// An ONNX graph that is being written: its operators, and the tensor names of each value of the network.
///
/// Convolutions take feature maps, N x C x H x W; products take vectors, N x C. A value of one pixel has the form that
/// its operator outputs, and is reshaped when the other one is needed.
final class OnnxValues {
    static final String INPUT = "input";
    static final String OUTPUT = "output";

    private final GraphProto.Builder graph;
    private final Map<Integer, String> maps = new HashMap<>();
    private final Map<Integer, String> vectors = new HashMap<>();
    private final Map<Integer, Shape> shapes = new HashMap<>();

    /// @param shape of the network's input, a feature map
    OnnxValues(GraphProto.Builder graph, Shape shape) {
        this.graph = graph;
        maps.put(Node.INPUT, INPUT);
        shapes.put(Node.INPUT, shape);
    }

    /// The tensor of an operator called `name`.
    static String tensor(String name) {
        return name.equals(INPUT) || name.equals(OUTPUT) ? name + "/value" : name;
    }

    void putMap(Node node, String tensor) {
        maps.put(node.id(), tensor);
        shapes.put(node.id(), node.output());
    }

    void putVector(Node node, String tensor) {
        vectors.put(node.id(), tensor);
        shapes.put(node.id(), node.output());
    }

    /// The same value as that of `id`, under another id.
    void alias(Node node, int id) {
        shapes.put(node.id(), node.output());
        copy(maps, id, node.id());
        copy(vectors, id, node.id());
    }

    private static void copy(Map<Integer, String> names, int from, int to) {
        var name = names.get(from);
        if (name != null) {
            names.put(to, name);
        }
    }

    /// Replaces the tensor of value `id` with the result of `change`.
    void replace(int id, UnaryOperator<String> change) {
        if (isVector(id)) {
            vectors.put(id, change.apply(name(vectors.get(id))));
            maps.remove(id);
        } else {
            maps.put(id, change.apply(name(maps.get(id))));
        }
    }

    boolean isVector(int id) {
        return vectors.containsKey(id);
    }

    /// Value `id` as N x C x H x W.
    String map(int id) {
        return maps.computeIfAbsent(id, _ -> {
            var vector = name(vectors.get(id));
            var shape = shape(id);
            return reshape(vector + "/map", vector, 0, shape.channels(), shape.height(), shape.width());
        });
    }

    /// Value `id`, of one pixel, as N x C.
    String vector(int id) {
        return vectors.computeIfAbsent(id, _ -> {
            var map = name(maps.get(id));
            return node("Flatten", map + "/vector", List.of(map), number("axis", 1));
        });
    }

    private static String name(@Nullable String name) {
        if (name == null) {
            throw new IllegalStateException("a value is read before it is made");
        }
        return name;
    }

    Shape shape(int id) {
        var shape = shapes.get(id);
        if (shape == null) {
            throw new IllegalStateException("a value is read before it is made");
        }
        return shape;
    }

    /// Adds a constant, and returns its name.
    String constant(TensorProto tensor) {
        graph.addInitializer(tensor);
        return tensor.getName();
    }

    /// Adds a `Reshape`; a 0 keeps the input's size, as is needed for the batch.
    String reshape(String name, String from, int... dims) {
        return node("Reshape", name, List.of(from, constant(OnnxProtos.wholes(name + "/shape", dims))));
    }

    /// Adds a `Transpose`.
    String transpose(String name, String from, int... permutation) {
        return node("Transpose", name, List.of(from), numbers("perm", permutation));
    }

    /// Adds an operator called `name`, and returns the name of its output.
    String node(String operator, String name, List<String> inputs, AttributeProto... attributes) {
        var output = tensor(name);
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(Arrays.asList(attributes)));
        return output;
    }

    /// Adds an operator called `name` with several outputs, and returns their names.
    List<String> nodes(String operator, String name, List<String> inputs, String... outputs) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(inputs)
                .addAllOutput(Arrays.asList(outputs))
                .addAllAttribute(operator.equals("Split") ? List.of(number("axis", 2)) : List.of()));
        return List.of(outputs);
    }

    /// Makes value `id` the graph's output: a vector if it has one pixel, otherwise a feature map.
    void finish(int id) {
        var tensor = shape(id).pixels() == 1 ? vector(id) : map(id);
        int last = graph.getNodeCount() - 1;
        if (last >= 0 && graph.getNode(last).getOutput(0).equals(tensor)) {
            graph.getNodeBuilder(last).setOutput(0, OUTPUT);
        } else {
            graph.addNode(NodeProto.newBuilder()
                    .setOpType("Identity")
                    .setName(OUTPUT + "/same")
                    .addInput(tensor)
                    .addOutput(OUTPUT));
        }
    }
}
