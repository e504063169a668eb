package org.mobilenet4j.formats.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.error.BadValueException;

/// Turns another format's graph of operations into the tree of sequences and parallel branches that makes up a
/// [org.mobilenet4j.arch.Network].
///
/// Branches that meet in a join started at the join's immediate dominator: the last value on every path from the input
/// to the join. (Dominators as in Cooper, Harvey, Kennedy, "A simple, fast dominance algorithm"; in order of execution
/// one pass is enough.) The graph is series-parallel if this traversal reaches no operation twice.
public final class SeriesParallel {
    /// Limit on operations: far more than any network has, but few enough that quadratic time takes only seconds.
    private static final int MAX_NODES = 100_000;

    /// Limit on nested joins: deeper than any network, but shallow enough for the stack.
    private static final int MAX_DEPTH = 100;

    private final List<GraphNode> nodes;
    private final int[] dominators;
    private final BitSet used = new BitSet();

    private SeriesParallel(List<GraphNode> nodes) {
        this.nodes = nodes;
        this.dominators = dominators(nodes);
    }

    /// The layers that compute value `output` from the graph's input.
    ///
    /// @param nodes in order of execution
    /// @throws IllegalArgumentException if there are too many nodes, a node reads a value that is computed after
    ///     it, or the graph is not series-parallel; the message names the operation
    public static Sequence tree(List<GraphNode> nodes, int output) {
        if (nodes.size() > MAX_NODES) {
            throw new BadValueException(
                    "has " + nodes.size() + " operations; networks of up to " + MAX_NODES + " are supported");
        }
        return new SeriesParallel(nodes).between(Node.INPUT, output, 0);
    }

    /// For each value, its immediate dominator: the last value on every path to it.
    private static int[] dominators(List<GraphNode> nodes) {
        var dominators = new int[nodes.size() + 1];
        for (int id = 1; id <= nodes.size(); id++) {
            var node = nodes.get(id - 1);
            int common = -1;
            for (int input : node.inputs()) {
                if (input < 0 || input >= id) {
                    throw new BadValueException(node.name() + " reads a value that no earlier operation computes");
                }
                common = common < 0 ? input : meet(dominators, common, input);
            }
            dominators[id] = common;
        }
        return dominators;
    }

    private static int meet(int[] dominators, int a, int b) {
        while (a != b) {
            if (a > b) {
                a = dominators[a];
            } else {
                b = dominators[b];
            }
        }
        return a;
    }

    /// The layers from value `start` to value `end`, which `start` dominates.
    private Sequence between(int start, int end, int depth) {
        var layers = new ArrayDeque<Layer>();
        int id = end;
        while (id != start) {
            var node = nodes.get(id - 1);
            if (used.get(id)) {
                throw new BadValueException("the output of " + node.name()
                        + " is read across branches; only sequences and parallel branches that meet again are"
                        + " supported");
            }
            used.set(id);
            node.layers().reversed().forEach(layers::addFirst);
            if (node.join() != null) {
                layers.addFirst(new Parallel(node.name(), node.join(), branches(node, dominators[id], depth)));
            }
            id = dominators[id];
        }
        return new Sequence("", List.copyOf(layers));
    }

    private List<Layer> branches(GraphNode node, int start, int depth) {
        if (depth == MAX_DEPTH) {
            throw new BadValueException(
                    node.name() + " is nested in more than " + MAX_DEPTH + " branches, which is the limit");
        }
        var branches = new ArrayList<Layer>();
        for (int input : node.inputs()) {
            branches.add(between(start, input, depth + 1));
        }
        return branches;
    }
}
