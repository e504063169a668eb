package org.mobilenet4j.formats.graph;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.mobilenet4j.error.BadValueException;

/// The elementwise operators on two values that all formats have, each under its own names.
public enum Arithmetic {
    /// `a + b`.
    ADD,
    /// `a - b`.
    SUB,
    /// `a * b`.
    MUL,
    /// `a / b`.
    DIV,
    /// The smaller one.
    MIN,
    /// The larger one.
    MAX;

    /// The operator that TFLite, ONNX, TensorFlow or Keras calls `kind`; empty if it is none of these.
    public static Optional<Arithmetic> of(String kind) {
        return Optional.ofNullable(
                switch (kind.toLowerCase(Locale.ROOT)) {
                    case "add", "addv2", "biasadd", "math.add", "__operators__.add" -> ADD;
                    case "sub", "subtract", "math.subtract" -> SUB;
                    case "mul", "multiply", "math.multiply" -> MUL;
                    case "div", "realdiv", "divide", "truedivide", "math.divide", "math.truediv" -> DIV;
                    case "min", "minimum", "math.minimum" -> MIN;
                    case "max", "maximum", "math.maximum" -> MAX;
                    default -> null;
                });
    }

    /// The result for two numbers.
    double apply(double a, double b) {
        return switch (this) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
        };
    }

    /// What the operator does to a feature map, if its other operand is a constant.
    ///
    /// @param constant one value for each channel
    /// @param isFirst whether the constant is the first operand
    /// @throws IllegalArgumentException if the result is not linear, or is clipped differently by channel
    public Idiom with(double[] constant, boolean isFirst) {
        var ones = new double[constant.length];
        var zeros = new double[constant.length];
        Arrays.fill(ones, 1);
        return switch (this) {
            case ADD -> Idiom.Affine.of(ones, constant);
            case SUB ->
                isFirst
                        ? Idiom.Affine.of(each(ones, value -> -value), constant)
                        : Idiom.Affine.of(ones, each(constant, value -> -value));
            case MUL -> Idiom.Affine.of(constant, zeros);
            case DIV -> {
                if (isFirst || Arrays.stream(constant).anyMatch(value -> value == 0)) {
                    throw new BadValueException("it divides by " + (isFirst ? "its input" : "zero"));
                }
                yield Idiom.Affine.of(each(constant, value -> 1 / value), zeros);
            }
            case MIN -> new Idiom.Clip(Double.NEGATIVE_INFINITY, only(constant));
            case MAX -> new Idiom.Clip(only(constant), Double.POSITIVE_INFINITY);
        };
    }

    private static double[] each(double[] values, DoubleUnaryOperator change) {
        return Arrays.stream(values).map(change).toArray();
    }

    private static double only(double[] values) {
        if (Arrays.stream(values).distinct().count() != 1) {
            throw new BadValueException("it clips each channel at another value; only one for all is supported");
        }
        return values[0];
    }
}
