package org.mobilenet4j.infer;

import org.mobilenet4j.arch.LinearLayer;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Parameter;

/// The cost of an operation for one image.
///
/// @param multAdds multiply-adds, as counted in the paper
/// @param values activations, each read or written once
/// @param weights weights read
record Work(long multAdds, long values, long weights) {
    static Work of(FusedOperation operation, BufferAliasing storage) {
        var node = operation.node();
        var own = new Work(
                multAdds(node),
                values(operation, storage),
                node.parameters().stream().mapToLong(Parameter::size).sum());
        var depthwise = operation.depthwise();
        return depthwise == null ? own : own.with(depthwise.node());
    }

    /// Fused with an operation before it, whose output does not leave the cache.
    private Work with(Node before) {
        long size = before.parameters().stream().mapToLong(Parameter::size).sum();
        return new Work(multAdds + multAdds(before), values, weights + size);
    }

    /// A rough estimate of the time, in mult-adds; an activation costs about as much as one.
    long size() {
        return Math.max(multAdds, values);
    }

    /// Whether it reads more weights than activations.
    boolean isMostlyWeights() {
        return weights > values;
    }

    /// Lower bound of the bytes transferred between memory and processor.
    ///
    /// @param each bytes of an activation or a weight
    long bytes(int each) {
        return (values + weights) * each;
    }

    private static long multAdds(Node node) {
        long kernel =
                node.parameters().isEmpty() ? 0 : node.parameters().getFirst().size();
        return node.layer() instanceof LinearLayer ? kernel * node.output().pixels() : 0;
    }

    private static long values(FusedOperation operation, BufferAliasing storage) {
        var node = operation.node();
        long output = node.output().elements();
        if (!(node.layer() instanceof Parallel parallel)) {
            return operation.first().input().elements() + output;
        }
        return switch (parallel.join()) {
            case ADD, MULTIPLY -> (operation.inputs().size() + 1) * output;
            case CONCATENATE -> 2 * copied(operation, storage);
        };
    }

    /// Values of branches that do not already lie in the concatenation's output.
    private static long copied(FusedOperation operation, BufferAliasing storage) {
        long copied = 0;
        int first = 0;
        for (int input : operation.inputs()) {
            var branch = storage.layout(input).shape();
            copied += storage.isInPlace(input, operation.id(), first) ? 0 : branch.elements();
            first += branch.channels();
        }
        return copied;
    }
}
