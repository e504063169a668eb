package org.mobilenet4j.arch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// Depthwise convolution: each channel is filtered separately (section 3.1 of the paper).
///
/// `out[y, x, c*m + q] = bias[c*m + q] + sum over (i, j) of in[y*sRows + i*d - top, x*sColumns + j*d - left, c] *
/// kernel[i, j, c,
/// q]` with `m` output channels for each input channel; MobileNet has `m = 1`. The kernel's shape is `(height, width,
/// inputChannels, m)`.
///
/// @param channelMultiplier output channels for each input channel (not the paper's width multiplier alpha)
/// @param bias whether a bias is added; usually not when batch normalization follows
public record DepthwiseConv(String name, Window window, int channelMultiplier, boolean bias) implements Convolution {
    public DepthwiseConv {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(window, "window");
        if (channelMultiplier < 1) {
            throw new BadValueException(name + ": the channel multiplier must be positive, not " + channelMultiplier);
        }
    }

    /// One output channel for each input channel, without bias.
    public static DepthwiseConv of(String name, Window window) {
        return new DepthwiseConv(name, window, 1, false);
    }

    /// The same with a bias.
    @Override
    public DepthwiseConv withBias() {
        return new DepthwiseConv(name, window, channelMultiplier, true);
    }

    @Override
    public DepthwiseConv withWindow(Window other) {
        return new DepthwiseConv(name, other, channelMultiplier, bias);
    }

    @Override
    public String kernelName() {
        return "depthwise_kernel";
    }

    @Override
    public Shape outputShape(Shape input) {
        return window.slide(this, input, BadValueException.toInt((long) input.channels() * channelMultiplier));
    }

    @Override
    public List<Parameter> parameters(Shape input) {
        var all = new ArrayList<Parameter>();
        all.add(Parameter.weight(kernelName(), window.height(), window.width(), input.channels(), channelMultiplier));
        if (bias) {
            all.add(Parameter.bias(input.channels() * channelMultiplier));
        }
        return all;
    }
}
