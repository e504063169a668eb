package org.mobilenet4j.compress.quantize;

import org.mobilenet4j.model.ActivationQuantization;

/// Rounding of real numbers.
final class Rounding {
    private Rounding() {}

    /// The nearest integer, half away from zero, as TFLite rounds.
    static long halfAway(double real) {
        return real < 0 ? -(long) Math.floor(0.5 - real) : (long) Math.floor(0.5 + real);
    }

    /// `real`, quantized by `map` and dequantized.
    static double stored(double real, ActivationQuantization map) {
        double number = Math.clamp((double) halfAway(real / map.scale()), map.low(), map.high());
        return map.scale() * number;
    }
}
