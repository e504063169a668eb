package org.mobilenet4j.formats.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mobilenet4j.error.BadValueException;

/// The feature maps from which a detector predicts, found from its end: what it ends in are the rows of several maps,
/// joined one below the other.
///
/// @param parts the maps, in the order of their rows
/// @param operations names of the operations between the maps and the end
public record HeadSearch(List<Part> parts, Set<String> operations) {
    /// The most maps that are followed, and operations in a row.
    private static final int MOST = 64;

    /// What an operation does to rows.
    public enum Kind {
        /// It gives them another shape.
        MOVE,
        /// It joins those of several maps.
        JOIN,
        SIGMOID,
        SOFTMAX,
        /// Something else: the end of the search.
        OTHER
    }

    /// An operation.
    ///
    /// @param inputs the tensors whose rows it reads
    public record Operation(String name, Kind kind, List<String> inputs) {}

    /// Another program's graph.
    public interface Graph {
        /// The operation that makes `tensor`; empty if none does.
        Optional<Operation> maker(String tensor);
    }

    /// The predictions of a map.
    ///
    /// @param tensor that holds them
    /// @param activations what happens to them before they are joined or after
    public record Part(String tensor, List<Kind> activations) {}

    /// The rows that `end` consists of.
    ///
    /// @param readsMoves whether what only gives a map's predictions another shape belongs to the map; otherwise it
    ///     belongs to the operations that are found
    /// @throws IllegalArgumentException if there are too many maps or operations
    public static HeadSearch of(Graph graph, String end, boolean readsMoves) {
        var search = new HeadSearch(new ArrayList<>(), new HashSet<>());
        search.follow(graph, end, readsMoves, List.of(), 0);
        return search;
    }

    private void follow(Graph graph, String tensor, boolean readsMoves, List<Kind> after, int depth) {
        if (depth == MOST || parts.size() == MOST) {
            throw new BadValueException("reads the predictions of more than " + MOST
                    + " feature maps, or through as many operations; that is no detector that is supported");
        }
        var made = graph.maker(tensor);
        var kind = made.map(Operation::kind).orElse(Kind.OTHER);
        boolean ends = kind == Kind.OTHER
                || (kind == Kind.MOVE && readsMoves && !leadsToJoin(graph, made.orElseThrow(), depth));
        if (ends) {
            parts.add(new Part(tensor, after));
            return;
        }
        var operation = made.orElseThrow();
        operations.add(operation.name());
        var activations = new ArrayList<Kind>();
        if (kind == Kind.SIGMOID || kind == Kind.SOFTMAX) {
            activations.add(kind);
        }
        activations.addAll(after);
        for (var input : operation.inputs()) {
            follow(graph, input, readsMoves, activations, depth + 1);
        }
    }

    private static boolean leadsToJoin(Graph graph, Operation from, int depth) {
        var operation = Optional.of(from);
        for (int i = depth; i < MOST && operation.isPresent(); i++) {
            switch (operation.get().kind()) {
                case JOIN, SIGMOID, SOFTMAX -> {
                    return true;
                }
                case OTHER -> {
                    return false;
                }
                case MOVE -> operation = graph.maker(operation.get().inputs().getFirst());
            }
        }
        return false;
    }

    /// The activation of all parts: a sigmoid, a softmax, or none ([Kind#OTHER]).
    ///
    /// @throws IllegalArgumentException if parts differ, or have several
    public Kind activation() {
        var all = parts.stream().map(Part::activations).distinct().toList();
        if (all.size() != 1 || all.getFirst().size() > 1) {
            throw new BadValueException(
                    "has scores that are made by " + all + "; only one sigmoid or softmax of all is supported");
        }
        return all.getFirst().isEmpty() ? Kind.OTHER : all.getFirst().getFirst();
    }
}
