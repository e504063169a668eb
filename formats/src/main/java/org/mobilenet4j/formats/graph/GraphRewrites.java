package org.mobilenet4j.formats.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.tensor.Tensor;

/// Makes layers of the idioms in a graph, the same for all formats: a reader says only what each operator does.
///
/// First neighbors are joined, then each idiom that is left becomes a layer: a [ClipRewrite] makes activations, an
/// [AffineRewrite] batch normalizations, biases and preprocessing, and a [LookupRewrite] the same in integers, and an
/// [OutputOperatorRewrite] scores
/// of the logarithms or the choice at a graph's end. What integers come out of a quantized network does not change.
public final class GraphRewrites {
    private final GraphEditor graph;
    private final InputScaling scaling = new InputScaling();
    private @Nullable ActivationQuantization input;
    private @Nullable OutputOperator operator;

    /// Rewrites a graph.
    ///
    /// @param nodes in order of execution
    /// @param output id of the value that the network ends with
    /// @param weights takes the tensors of new layers, by `layer/parameter`
    /// @throws IllegalArgumentException if an idiom has no layer, naming the operation
    public GraphRewrites(List<GraphNode> nodes, int output, BiConsumer<String, Tensor> weights) {
        this.graph = new GraphEditor(nodes, output, weights);
        for (int id = 1; id <= nodes.size(); id++) {
            if (graph.isUsed(id)) {
                ClipRewrite.join(graph, id);
                AffineRewrite.join(graph, id);
                LookupRewrite.join(graph, id);
            }
        }
        for (int id = 1; id <= nodes.size(); id++) {
            if (graph.isUsed(id)) {
                ClipRewrite.lower(graph, id);
                AffineRewrite.lower(graph, id, scaling);
                LookupRewrite.lower(graph, id).ifPresent(stored -> input = stored);
                OutputOperatorRewrite.lower(graph, id).ifPresent(last -> operator = last);
            }
        }
    }

    /// The operations, in the same places, without idioms.
    public List<GraphNode> nodes() {
        return graph.nodes();
    }

    /// What the graph did to its input, and no longer does.
    public InputScaling scaling() {
        return scaling;
    }

    /// What the graph ended with, and the network does not.
    public Optional<OutputOperator> outputOperator() {
        return Optional.ofNullable(operator);
    }

    /// The new quantization of the input, if it changed.
    public Optional<ActivationQuantization> input() {
        return Optional.ofNullable(input);
    }
}
