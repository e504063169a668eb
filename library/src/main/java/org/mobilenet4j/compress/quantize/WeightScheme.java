package org.mobilenet4j.compress.quantize;

import java.util.Locale;
import org.mobilenet4j.tensor.ElementType;

/// How weights are made integers.
public enum WeightScheme {
    /// A scale for each output channel, from -127 to 127 around zero: TFLite's INT8.
    PER_CHANNEL(ElementType.INT8),
    /// One scale for a kernel, from -127 to 127 around zero.
    PER_TENSOR(ElementType.INT8),
    /// One scale and one zero point for a kernel, from 0 to 255: TFLite's older UINT8, maps included.
    PER_TENSOR_ASYMMETRIC(ElementType.UINT8);

    private final ElementType type;

    WeightScheme(ElementType type) {
        this.type = type;
    }

    /// How kernels and maps are stored.
    public ElementType type() {
        return type;
    }

    /// `per-channel`, as options have it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
