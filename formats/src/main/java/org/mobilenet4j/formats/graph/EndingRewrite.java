package org.mobilenet4j.formats.graph;

import java.util.Optional;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.error.BadValueException;

/// Makes layers of what only the end of a graph may be: an [Ending].
final class EndingRewrite {
    private EndingRewrite() {}

    /// Makes a layer, or nothing, of operation `id`.
    ///
    /// @return what it was; empty if it is no ending
    /// @throws IllegalArgumentException if it is not at the end
    static Optional<Ending> lower(GraphEditor graph, int id) {
        var node = graph.node(id);
        if (!(node.idiom() instanceof Idiom.Last last)) {
            return Optional.empty();
        }
        var ending = last.ending();
        if (!graph.isEnd(id)) {
            throw new BadValueException(node.name() + " is a "
                    + (ending == Ending.ARG_MAX ? "choice of the largest value" : "logarithm of a softmax")
                    + " inside of the network; only its end may be one");
        }
        var inner = node.inputs().getFirst();
        graph.set(
                id,
                switch (ending) {
                    case LOG_SOFTMAX -> GraphNode.of(node.name(), inner, new Softmax(node.name()));
                    case ARG_MAX -> node.withIdiom(null);
                });
        return Optional.of(ending);
    }
}
