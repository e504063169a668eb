package org.mobilenet4j.formats.tfjs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.tensor.Tensor;

/// The constants that nodes of a graph read, directly or through nodes that change nothing.
final class GraphDefConstants {
    /// Limit on nodes that change nothing between a constant and its reader.
    private static final int MAX_IDENTITIES = 16;

    private final GraphDef graph;
    private final TfjsWeights weights;
    private final Map<String, Tensor> transposed = new HashMap<>();

    GraphDefConstants(GraphDef graph, TfjsWeights weights) {
        this.graph = graph;
        this.weights = weights;
    }

    /// Whether the node called `name` is a constant.
    boolean has(String name) {
        var source = graph.nodes().get(name);
        return source != null && source.op().equals("Const") && weights.has(name);
    }

    /// The floats of `rank` dimensions that `node` reads at `position`.
    Tensor floats(GraphDefNode node, int position, int rank) {
        var values = weights.floats(name(node, position));
        if (values.dims().size() != rank) {
            throw node.odd("its input " + position + " is " + Tensor.text(values.dims()) + "; " + rank
                    + " dimensions are needed");
        }
        return values;
    }

    /// The matrix that `node` reads at `position`, with rows and columns exchanged.
    Tensor transposed(GraphDefNode node, int position) {
        var matrix = floats(node, position, 2);
        return transposed.computeIfAbsent(name(node, position), _ -> transpose(matrix));
    }

    /// The floats that `node` reads at `position`, whatever their dimensions, as a vector.
    Tensor vector(GraphDefNode node, int position) {
        var values = weights.floats(name(node, position));
        return Tensor.of(values.bytes(), values.type(), List.of(values.size()));
    }

    /// The short list of integers that `node` reads at `position`.
    List<Integer> integers(GraphDefNode node, int position) {
        return weights.integers(name(node, position));
    }

    private String name(GraphDefNode node, int position) {
        var name = node.input(position);
        var source = graph.nodes().get(name);
        for (int i = 0; source != null && source.op().equals("Identity") && i < MAX_IDENTITIES; i++) {
            name = source.input(0);
            source = graph.nodes().get(name);
        }
        if (source == null || !source.op().equals("Const")) {
            throw node.odd("its input \"" + name + "\" is computed where a constant is needed");
        }
        return name;
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
