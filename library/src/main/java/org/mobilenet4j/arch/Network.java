package org.mobilenet4j.arch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// A network: a name, an input shape and a tree of layers. It is checked on construction, so all its shapes are known
/// to fit.
public final class Network {
    private final String name;
    private final Shape input;
    private final Layer body;
    private final List<Node> nodes;

    /// Puts the layers in execution order and checks that they fit.
    ///
    /// @throws IllegalArgumentException naming the layer and the shapes when the layers do not fit, or a name
    ///     that is missing or given twice
    public Network(String name, Shape input, Layer body) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(body, "body");
        this.name = name;
        this.input = input;
        this.body = body;
        var laidOut = new ArrayList<Node>();
        layOut(body, Node.INPUT, input, laidOut);
        this.nodes = List.copyOf(laidOut);
        checkNames(nodes);
    }

    /// The network's name, for example `mobilenet-v1-0.25-128`.
    public String name() {
        return name;
    }

    /// The shape of one input image.
    public Shape input() {
        return input;
    }

    /// The layer tree.
    public Layer body() {
        return body;
    }

    /// The shape of the output.
    public Shape output() {
        return nodes.isEmpty() ? input : nodes.getLast().output();
    }

    /// All operations in execution order: each comes after those whose outputs it reads; node `k` has id `k + 1`.
    public List<Node> nodes() {
        return nodes;
    }

    /// All tensors that the network needs, by full name (`conv1/kernel`), in order of use.
    public SequencedMap<String, Parameter> parameters() {
        var all = new LinkedHashMap<String, Parameter>();
        for (var node : nodes) {
            for (var parameter : node.parameters()) {
                all.put(node.name() + "/" + parameter.name(), parameter);
            }
        }
        return all;
    }

    /// The same layers with another input shape, for example another resolution.
    public Network withInput(Shape newInput) {
        return new Network(name, newInput, body);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network that
                && name.equals(that.name)
                && input.equals(that.input)
                && body.equals(that.body);
    }

    @Override
    public int hashCode() {
        return java.util.Objects.hash(name, input, body);
    }

    @Override
    public String toString() {
        return name + " on " + input;
    }

    /// Appends the operations of `layer` and returns the id of its output.
    private static int layOut(Layer layer, int source, Shape shape, List<Node> nodes) {
        return switch (layer) {
            case Sequence sequence -> {
                int last = source;
                var now = shape;
                for (var inner : sequence.layers()) {
                    last = layOut(inner, last, now, nodes);
                    now = last == source ? now : nodes.getLast().output();
                }
                yield last;
            }
            case Parallel parallel -> {
                var ends = new ArrayList<Integer>();
                var shapes = new ArrayList<Shape>();
                for (var branch : parallel.branches()) {
                    int end = layOut(branch, source, shape, nodes);
                    ends.add(end);
                    shapes.add(end == source ? shape : nodes.get(end - 1).output());
                }
                yield append(nodes, parallel, ends, shapes.getFirst(), parallel.join(shapes));
            }
            case Leaf leaf -> append(nodes, leaf, List.of(source), shape, leaf.outputShape(shape));
        };
    }

    private static int append(List<Node> nodes, Layer layer, List<Integer> inputs, Shape input, Shape output) {
        int id = nodes.size() + 1;
        nodes.add(new Node(id, layer, inputs, input, output));
        return id;
    }

    private static void checkNames(List<Node> nodes) {
        var names = new HashSet<String>();
        for (var node : nodes) {
            if (node.name().isBlank() || node.name().contains("/")) {
                throw new BadValueException("layer " + node.id() + " (" + node.layer() + ") needs a name without '/'");
            }
            if (!names.add(node.name())) {
                throw new BadValueException("two layers are called " + node.name() + "; names must be unique");
            }
        }
    }
}
