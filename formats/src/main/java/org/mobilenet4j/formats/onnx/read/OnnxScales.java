package org.mobilenet4j.formats.onnx.read;

import org.mobilenet4j.tensor.Quantization;

/// What the integers of an ONNX file's constant stand for.
///
/// @param quantization one scale, or one for each index of an axis
/// @param axis the dimension that several scales are for
record OnnxScales(Quantization quantization, int axis) {
    /// Whether these are the scales of dimension `channels`, or one for all.
    boolean fit(int channels) {
        return quantization.channels() == 1 || axis == channels;
    }
}
