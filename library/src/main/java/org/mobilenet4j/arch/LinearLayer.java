package org.mobilenet4j.arch;

/// A layer that makes sums of products with a kernel of its own, and may add a bias to each output channel. Its first
/// parameter is the kernel, whose output channels are innermost; a bias comes second.
public sealed interface LinearLayer extends Leaf permits Convolution, Dense {
    /// Whether it adds a bias.
    boolean bias();

    /// The same layer with a bias.
    LinearLayer withBias();

    /// What its kernel is called among its parameters.
    default String kernelName() {
        return "kernel";
    }
}
