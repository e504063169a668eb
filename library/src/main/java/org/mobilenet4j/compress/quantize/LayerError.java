package org.mobilenet4j.compress.quantize;

/// What quantization costs at one layer that has a kernel.
///
/// @param layer its name
/// @param weightDecibels signal to noise of its kernel: of its weights against the errors of rounding
///     them
/// @param outputDecibels signal to noise of what is stored behind it, activation included: of the float
///     model's map against the difference of the quantized model's, which carries the errors of all
///     layers before
/// @param changed share of photos that get another likeliest class when the kernel of this layer alone
///     is rounded
public record LayerError(String layer, double weightDecibels, double outputDecibels, double changed) {}
