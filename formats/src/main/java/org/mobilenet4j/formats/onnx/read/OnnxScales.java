package org.mobilenet4j.formats.onnx.read;

import org.mobilenet4j.tensor.Quantization;

/// The quantization of a constant in an ONNX file.
///
/// @param quantization one scale, or one for each index of an axis
/// @param axis the dimension that several scales belong to
record OnnxScales(Quantization quantization, int axis) {
    /// Whether these are scales of dimension `channels`, or one for all.
    boolean fit(int channels) {
        return quantization.channels() == 1 || axis == channels;
    }
}
