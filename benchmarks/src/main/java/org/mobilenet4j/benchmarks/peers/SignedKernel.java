package org.mobilenet4j.benchmarks.peers;

import org.mobilenet4j.tensor.Tensor;

/// A quantized kernel as signed bytes with one scale for each output channel and no zero points.
///
/// The distances of UINT8 weights from their zero point may lie beyond a signed byte. The channels where some do are
/// rounded once more, to as many steps as a signed byte has.
final class SignedKernel {
    private final byte[] values;
    private final float[] scales;

    private SignedKernel(byte[] values, float[] scales) {
        this.values = values;
        this.scales = scales;
    }

    /// @param channels number of output channels, which are innermost
    static SignedKernel of(Tensor kernel, int channels) {
        var quantization = kernel.quantization().orElseThrow();
        var distances = new int[kernel.size()];
        var largest = new int[channels];
        for (int i = 0; i < distances.length; i++) {
            int distance = kernel.quantizedValue(i) - quantization.zeroPoint(i);
            distances[i] = distance;
            largest[i % channels] = Math.max(largest[i % channels], Math.max(distance, -1 - distance));
        }
        var steps = new float[channels];
        var scales = new float[channels];
        for (int c = 0; c < channels; c++) {
            steps[c] = Math.max(1, largest[c] / (float) Byte.MAX_VALUE);
            scales[c] = quantization.scale(c) * steps[c];
        }
        var values = new byte[distances.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) Math.round(distances[i] / steps[i % channels]);
        }
        return new SignedKernel(values, scales);
    }

    /// In the order of the tensor.
    byte[] values() {
        return values.clone();
    }

    /// One for each output channel.
    float[] scales() {
        return scales.clone();
    }
}
