package org.mobilenet4j.infer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.kernel.layout.Clamp;

/// An operation fused with the batch normalization and the activation that follow it.
///
/// @param node the operation; its id names its output value
/// @param inputs ids of the values it reads
/// @param norm the batch normalization folded into its weights, if any
/// @param clamp the activation applied before storing
/// @param depthwise the depthwise convolution fused with this pointwise one, if any; `inputs` are then its inputs
/// @param last the layer whose output is stored: the operation's own layer, or the last one fused into it
record FusedOperation(
        Node node,
        List<Integer> inputs,
        @Nullable Node norm,
        Clamp clamp,
        @Nullable FusedOperation depthwise,
        Node last) {
    FusedOperation {
        inputs = List.copyOf(inputs);
    }

    int id() {
        return node.id();
    }

    FusedOperation withNorm(Node newNorm) {
        return new FusedOperation(node, inputs, newNorm, clamp, depthwise, newNorm);
    }

    FusedOperation withClamp(Node activation, Clamp newClamp) {
        return new FusedOperation(node, inputs, norm, newClamp, depthwise, activation);
    }

    /// The operation that reads the inputs.
    Node first() {
        return depthwise == null ? node : depthwise.node();
    }

    /// Names of the layers that it computes.
    List<String> layers() {
        return depthwise == null
                ? List.of(node.name())
                : List.of(depthwise.node().name(), node.name());
    }
}
