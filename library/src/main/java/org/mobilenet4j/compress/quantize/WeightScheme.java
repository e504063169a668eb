package org.mobilenet4j.compress.quantize;

import java.util.Locale;
import org.mobilenet4j.tensor.ElementType;

/// How weights are quantized.
public enum WeightScheme {
    /// Per channel, symmetric, from -127 to 127: TFLite's INT8.
    PER_CHANNEL(ElementType.INT8),
    /// Per tensor, symmetric, from -127 to 127.
    PER_TENSOR(ElementType.INT8),
    /// Per tensor, asymmetric, from 0 to 255: TFLite's older UINT8, activations included.
    PER_TENSOR_ASYMMETRIC(ElementType.UINT8);

    private final ElementType type;

    WeightScheme(ElementType type) {
        this.type = type;
    }

    /// The type of kernels and activations.
    public ElementType type() {
        return type;
    }

    /// The name in options, for example `per-channel`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
