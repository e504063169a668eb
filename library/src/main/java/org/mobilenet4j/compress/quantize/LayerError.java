package org.mobilenet4j.compress.quantize;

import java.util.Objects;

/// The quantization error of one layer that has a kernel.
///
/// @param layer the layer's name
/// @param weightDecibels signal-to-noise ratio of its kernel in dB: weights against their rounding errors
/// @param outputDecibels signal-to-noise ratio of its output in dB, activation included: the float model's output
///     against its difference from the quantized model's, which carries the errors of all previous layers
/// @param changed share of photos, or of a detector's anchors, whose top-1 class changes when only the kernel of this
///     layer is rounded
public record LayerError(String layer, double weightDecibels, double outputDecibels, double changed) {
    public LayerError {
        Objects.requireNonNull(layer, "layer");
    }
}
