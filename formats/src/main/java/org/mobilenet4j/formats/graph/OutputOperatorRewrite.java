package org.mobilenet4j.formats.graph;

import java.util.Optional;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.error.BadValueException;

/// Makes layers of what only the end of a graph may be: an [OutputOperator].
final class OutputOperatorRewrite {
    private OutputOperatorRewrite() {}

    /// Makes a layer, or nothing, of operation `id`.
    ///
    /// @return what it was; empty if it is none
    /// @throws IllegalArgumentException if it is not at the end
    static Optional<OutputOperator> lower(GraphEditor graph, int id) {
        var node = graph.node(id);
        if (!(node.idiom() instanceof Idiom.Last last)) {
            return Optional.empty();
        }
        var operator = last.operator();
        if (!graph.isEnd(id)) {
            throw new BadValueException(node.name() + " is a "
                    + (operator == OutputOperator.ARG_MAX ? "choice of the largest value" : "logarithm of a softmax")
                    + " inside of the network; only its end may be one");
        }
        var inner = node.inputs().getFirst();
        graph.set(
                id,
                switch (operator) {
                    case LOG_SOFTMAX -> GraphNode.of(node.name(), inner, new Softmax(node.name()));
                    case ARG_MAX -> node.withIdiom(null);
                });
        return Optional.of(operator);
    }
}
