package org.mobilenet4j.kernel.quantized;

import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.kernel.FixedPointMultiplier;

/// Tables of nonlinearities between quantized values, with the numbers that TFLite computes: for `LEAKY_RELU` and
/// `HARD_SWISH` in fixed point, for all others in float arithmetic.
///
/// @param layer the function
/// @param least the least input value, less the zero point
/// @param greatest the greatest
/// @param inScale scale of the inputs
/// @param outScale scale of the outputs
/// @param out range of the outputs
public record NonlinearityTable(
        Nonlinearity layer, int least, int greatest, float inScale, float outScale, QuantizedRange out) {
    private static final int HIGH_BITS = 7;
    /// What 3 is in the 16 bits of the clamp inside a hard swish: all of them.
    private static final float CLAMP_SCALE = 3f / (1 << 15);

    /// The table.
    public Lookup.Table make() {
        var results = new float[greatest - least + 1];
        for (int i = 0; i < results.length; i++) {
            results[i] = out.clamp(result(least + i) + out.zeroPoint());
        }
        return new Lookup.Table(least, results);
    }

    private int result(int value) {
        return switch (layer.function()) {
            case LEAKY_RELU -> leaky(value);
            case HARD_SWISH -> hardSwish(value);
            case ELU, HARD_SIGMOID, TANH, GELU, GELU_TANH, SILU -> real(value);
        };
    }

    private int real(int value) {
        float inverse = 1f / outScale;
        float real = (float) layer.at(inScale * value) * inverse;
        return (int) (real < 0 ? -Math.round(-(double) real) : Math.round((double) real));
    }

    private int leaky(int value) {
        // multiplied and divided as floats
        double factor = value >= 0 ? inScale / outScale : inScale * (float) layer.alpha() / outScale;
        int product = FixedPointMultiplier.of(Math.abs(factor)).apply(value);
        return factor < 0 ? -product : product;
    }

    /// 16 bits, as for microcontrollers: `x * clamp(x + 3, 0, 6) / 6`, the second factor as `clamp(x / 3, -1, 1) + 1`
    /// with half the weight.
    private int hardSwish(int value) {
        float highScale = inScale / (1 << HIGH_BITS);
        var toOutput = FixedPointMultiplier.of((double) (highScale / outScale));
        var toClamp = FixedPointMultiplier.of((double) (highScale / CLAMP_SCALE));
        if (toOutput.shift() > 0) {
            throw new BadValueException("the layer " + layer.name() + " has an input scale of " + inScale
                    + " and an output scale of " + outScale + "; a hard swish of integers takes at most 128 times");
        }
        int high = value << HIGH_BITS;
        int line = doubledHigh(high, halved(toOutput.significand()), true);
        int clamp = high;
        int shift = toClamp.shift();
        if (shift > 0) {
            clamp = saturated((long) clamp << (shift - 1));
        }
        clamp = doubledHigh(clamp, halved(toClamp.significand()), true);
        if (shift > 0) {
            clamp = saturated((long) clamp << 1);
        } else {
            clamp = divided(clamp, -shift);
        }
        clamp = (clamp + (1 << 15)) >> 1;
        return divided(doubledHigh(clamp, line, false), -toOutput.shift());
    }

    /// The upper 16 of 32 bits, rounded.
    private static int halved(int significand) {
        return significand >= Integer.MAX_VALUE - (1 << 15) ? Short.MAX_VALUE : (significand + (1 << 15)) >> 16;
    }

    private static int saturated(long value) {
        return Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /// `a * b / 2^15`, rounded to the nearest or towards zero.
    private static int doubledHigh(int a, int b, boolean rounds) {
        if (a == Short.MIN_VALUE && b == Short.MIN_VALUE) {
            return Short.MAX_VALUE;
        }
        int product = a * b;
        int half = rounds ? product >= 0 ? 1 << 14 : 1 - (1 << 14) : 0;
        return (product + half) / (1 << 15);
    }

    /// `value / 2^exponent`, rounded to the nearest, half away from zero.
    private static int divided(int value, int exponent) {
        int mask = (1 << exponent) - 1;
        int threshold = (mask >> 1) + (value < 0 ? 1 : 0);
        return (value >> exponent) + ((value & mask) > threshold ? 1 : 0);
    }
}
