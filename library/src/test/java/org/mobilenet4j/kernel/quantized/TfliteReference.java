package org.mobilenet4j.kernel.quantized;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/// TFLite's arithmetic of quantized numbers as gemmlowp and TFLite define it, in numbers that never overflow.
public final class TfliteReference {
    private static final MathContext DIGITS = new MathContext(50);
    private static final int WORD = 31;

    private TfliteReference() {}

    /// `SaturatingRoundingDoublingHighMul`: `a * b / 2^31` with a nudge, and a division that truncates.
    static BigInteger highProduct(BigInteger a, BigInteger b) {
        var product = a.multiply(b);
        var half = BigInteger.TWO.pow(WORD - 1);
        var nudge = product.signum() >= 0 ? half : BigInteger.ONE.subtract(half);
        var most = BigInteger.TWO.pow(WORD).subtract(BigInteger.ONE);
        return product.add(nudge).divide(BigInteger.TWO.pow(WORD)).min(most);
    }

    /// `RoundingDivideByPOT`: `value / 2^exponent`, to the nearest integer, half away from zero.
    static BigInteger divide(BigInteger value, int exponent) {
        return new BigDecimal(value)
                .divide(new BigDecimal(BigInteger.TWO.pow(exponent)))
                .setScale(0, RoundingMode.HALF_UP)
                .toBigIntegerExact();
    }

    /// A real factor as `QuantizeMultiplier` makes it: `significand * 2^(shift - 31)`.
    public record Factor(BigInteger significand, int shift) {
        /// The nearest to `real`.
        public static Factor of(double real) {
            var exact = new BigDecimal(real);
            if (exact.signum() == 0) {
                return new Factor(BigInteger.ZERO, 0);
            }
            int shift = 0;
            while (exact.compareTo(BigDecimal.ONE) >= 0) {
                exact = exact.divide(BigDecimal.TWO);
                shift++;
            }
            while (exact.compareTo(new BigDecimal("0.5")) < 0) {
                exact = exact.multiply(BigDecimal.TWO);
                shift--;
            }
            var significand = exact.multiply(new BigDecimal(BigInteger.TWO.pow(WORD)))
                    .setScale(0, RoundingMode.HALF_UP)
                    .toBigIntegerExact();
            if (significand.bitLength() > WORD) {
                significand = significand.shiftRight(1);
                shift++;
            }
            return shift < -WORD ? new Factor(BigInteger.ZERO, 0) : new Factor(significand, shift);
        }

        /// What MEAN makes of it for so many pixels: as many bits more as the count has, then a division that
        /// truncates.
        Factor over(int count) {
            int bits = Math.min(BigInteger.valueOf(count).bitLength() - 1, WORD + shift);
            return new Factor(significand.shiftLeft(bits).divide(BigInteger.valueOf(count)), shift - bits);
        }

        /// `MultiplyByQuantizedMultiplier`, which rounds twice.
        BigInteger times(BigInteger value) {
            var high = highProduct(value.shiftLeft(Math.max(shift, 0)), significand);
            return divide(high, Math.max(-shift, 0));
        }

        /// The same of a smaller number.
        public BigInteger times(long value) {
            return times(BigInteger.valueOf(value));
        }
    }

    /// The float nearest to a real number.
    static BigDecimal toFloat(BigDecimal real) {
        return new BigDecimal(real.floatValue());
    }

    /// The float nearest to the quotient of two.
    static BigDecimal quotient(BigDecimal a, BigDecimal b) {
        return toFloat(a.divide(b, DIGITS));
    }

    /// The float nearest to `exp(-x)`, by the series of `exp(x / 2^20)`.
    static BigDecimal exponential(BigDecimal x) {
        int halvings = 20;
        var small = x.divide(new BigDecimal(BigInteger.TWO.pow(halvings)), DIGITS);
        var sum = BigDecimal.ONE;
        var term = BigDecimal.ONE;
        for (int n = 1; n < 14; n++) {
            term = term.multiply(small).divide(BigDecimal.valueOf(n), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return quotient(BigDecimal.ONE, sum);
    }
}
