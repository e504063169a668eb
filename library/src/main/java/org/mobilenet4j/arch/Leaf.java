package org.mobilenet4j.arch;

import java.util.List;
import java.util.function.UnaryOperator;

/// A layer with no layers inside: an operation.
public sealed interface Leaf extends Layer
        permits LinearLayer,
                BatchNorm,
                Activation,
                Pool,
                GlobalAveragePool,
                Flatten,
                Dropout,
                Softmax,
                Sigmoid,
                Nonlinearity,
                Prelu,
                LocalResponseNorm,
                ChannelShuffle,
                ZeroPad,
                BilinearResize,
                Requantize {
    @Override
    default List<Layer> inner() {
        return List.of();
    }

    @Override
    default Leaf mapInner(UnaryOperator<Layer> change) {
        return this;
    }
}
