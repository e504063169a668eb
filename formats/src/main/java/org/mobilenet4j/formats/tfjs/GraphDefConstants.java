package org.mobilenet4j.formats.tfjs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mobilenet4j.formats.graph.Constant;
import org.mobilenet4j.tensor.Tensor;

/// The constants that nodes of a graph read: those that are stored, and those that nodes compute from them and from
/// shapes.
final class GraphDefConstants {
    /// Limit on nodes that change nothing between a constant and its reader.
    private static final int MAX_IDENTITIES = 16;

    private final GraphDef graph;
    private final TfjsWeights weights;
    private final Map<String, Constant> computed = new HashMap<>();
    private final Map<String, Tensor> transposed = new HashMap<>();

    GraphDefConstants(GraphDef graph, TfjsWeights weights) {
        this.graph = graph;
        this.weights = weights;
    }

    /// Whether the node called `name` is a constant, directly or through nodes that change nothing.
    boolean has(String name) {
        var source = source(name);
        return computed.containsKey(source)
                || (Objects.requireNonNull(graph.nodes().get(source)).op().equals("Const") && weights.has(source));
    }

    /// Sets what the node called `name` computes.
    void put(String name, Constant value) {
        computed.put(name, value);
    }

    /// The constant that `node` reads at `position`.
    Constant get(GraphDefNode node, int position) {
        var name = name(node, position);
        var known = computed.get(name);
        return known == null ? weights.constant(name) : known;
    }

    /// The floats of `rank` dimensions that `node` reads at `position`.
    Tensor floats(GraphDefNode node, int position, int rank) {
        var values = floats(node, position);
        if (values.dims().size() != rank) {
            throw node.odd("its input " + position + " is " + Tensor.text(values.dims()) + "; " + rank
                    + " dimensions are needed");
        }
        return values;
    }

    private Tensor floats(GraphDefNode node, int position) {
        var name = name(node, position);
        var known = computed.get(name);
        return known == null ? weights.floats(name) : known.floats();
    }

    /// The matrix that `node` reads at `position`, with rows and columns exchanged.
    Tensor transposed(GraphDefNode node, int position) {
        var matrix = floats(node, position, 2);
        return transposed.computeIfAbsent(name(node, position), _ -> transpose(matrix));
    }

    /// The floats that `node` reads at `position`, whatever their dimensions, as a vector.
    Tensor vector(GraphDefNode node, int position) {
        var values = floats(node, position);
        return Tensor.of(values.bytes(), values.type(), List.of(values.size()));
    }

    /// The integers that `node` reads at `position`.
    List<Integer> integers(GraphDefNode node, int position) {
        var values = get(node, position);
        if (!values.isWhole()) {
            throw node.odd("its input " + position + " must be a list of integers");
        }
        return values.wholes();
    }

    private String name(GraphDefNode node, int position) {
        var name = source(node.input(position));
        if (!has(name)) {
            throw node.odd("its input \"" + name + "\" is computed where a constant is needed");
        }
        return name;
    }

    private String source(String name) {
        var source = name;
        for (int i = 0; i < MAX_IDENTITIES; i++) {
            var node = Objects.requireNonNull(graph.nodes().get(source));
            if (!node.op().equals("Identity")) {
                break;
            }
            source = node.input(0);
        }
        return source;
    }

    private static Tensor transpose(Tensor matrix) {
        int rows = matrix.dims().get(0);
        int columns = matrix.dims().get(1);
        var values = new float[matrix.size()];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                values[c * rows + r] = matrix.get(r * columns + c);
            }
        }
        return Tensor.of(values, columns, rows);
    }
}
