package org.mobilenet4j.kernel;

import org.mobilenet4j.arch.Pool;

/// Largest value or mean under a window; what lies outside the map is skipped. Global pooling has the map as its
/// window.
public sealed interface PoolKernel extends Kernel permits ScalarPool, VectorPool {
    /// Pooling for one place in a network.
    ///
    /// @param shape one group, no clamp
    static PoolKernel create(Arithmetic arithmetic, ConvShape shape, Pool.Kind kind) {
        if (shape.in().shape().channels() != shape.out().shape().channels()) {
            throw new IllegalArgumentException("pooling keeps the channels, from "
                    + shape.in().shape() + " to " + shape.out().shape());
        }
        return switch (arithmetic) {
            case SCALAR -> new ScalarPool(shape, kind);
            case VECTOR -> new VectorPool(shape, kind);
        };
    }
}
