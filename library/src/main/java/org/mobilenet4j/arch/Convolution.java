package org.mobilenet4j.arch;

/// A linear layer whose window slides over a feature map: over groups of channels ([Conv]) or over each channel
/// separately ([DepthwiseConv]).
public sealed interface Convolution extends LinearLayer permits Conv, DepthwiseConv {
    /// The window that each output value sees.
    Window window();

    /// The same convolution with another window.
    Convolution withWindow(Window other);

    @Override
    Convolution withBias();
}
