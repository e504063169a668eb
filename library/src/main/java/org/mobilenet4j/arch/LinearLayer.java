package org.mobilenet4j.arch;

/// A layer that computes weighted sums with a kernel of its own and may add a bias to each output channel. Its first
/// parameter is the kernel, with output channels innermost; the bias, if any, comes second.
public sealed interface LinearLayer extends Leaf permits Convolution, Dense {
    /// Whether it adds a bias.
    boolean bias();

    /// The same layer with a bias.
    LinearLayer withBias();

    /// The name of the kernel among its parameters.
    default String kernelName() {
        return "kernel";
    }
}
