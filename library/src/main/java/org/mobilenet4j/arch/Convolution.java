package org.mobilenet4j.arch;

/// A linear layer whose window slides over a feature map: over groups of channels ([Conv]) or over each channel by
/// itself ([DepthwiseConv]).
public sealed interface Convolution extends LinearLayer permits Conv, DepthwiseConv {
    /// What each output sees.
    Window window();

    /// The same convolution with another window.
    Convolution withWindow(Window other);

    @Override
    Convolution withBias();
}
