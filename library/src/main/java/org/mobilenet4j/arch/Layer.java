package org.mobilenet4j.arch;

import java.util.List;
import org.mobilenet4j.tensor.Shape;

/// A layer, as an immutable value: what it is, not what it has learned and not how it is computed.
///
/// Leaves are operations; [Sequence] and [Parallel] combine them, so that a network is a series-parallel tree.
/// Everything else about a network (shapes, cost, the names of its weights, the plan that runs it) is derived from it.
public sealed interface Layer
        permits Conv,
                DepthwiseConv,
                BatchNorm,
                Activation,
                Pool,
                GlobalAveragePool,
                Dense,
                Flatten,
                Dropout,
                Softmax,
                Sigmoid,
                LocalResponseNorm,
                ChannelShuffle,
                ZeroPad,
                BilinearResize,
                Requantize,
                Sequence,
                Parallel {

    /// The name, unique in its network: Keras's where Keras has the layer. Combinators may have an empty one.
    String name();

    /// The shape this layer makes of `input`.
    ///
    /// @throws IllegalArgumentException naming the layer and the shapes when `input` does not fit
    Shape outputShape(Shape input);

    /// The tensors this layer needs for an input of `input`, in the order of their use; empty for most layers.
    default List<Parameter> parameters(Shape input) {
        return List.of();
    }
}
