package org.mobilenet4j.app.cli.options;

import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.SessionOptions.Numbers;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `--arithmetic`, for commands that run a network.
public final class ArithmeticOption {
    private static final String INTEGER = "integer";
    private static final String FLOAT = "float";

    @Option(
            names = "--arithmetic",
            paramLabel = INTEGER + "|" + FLOAT,
            converter = NumbersConverter.class,
            description = "integer runs a quantized model with integer arithmetic, bit for bit as TensorFlow Lite"
                    + " does; float"
                    + " runs any model in floating point (default: integer for a quantized model).")
    private Numbers numbers = Numbers.AUTOMATIC;

    /// The arithmetic to use.
    public Numbers numbers() {
        return numbers;
    }

    /// The arithmetic of `plan`, as the option's value.
    public static String of(Plan plan) {
        return plan.usesIntegers() ? INTEGER : FLOAT;
    }

    private static final class NumbersConverter implements ITypeConverter<Numbers> {
        @Override
        public Numbers convert(String value) {
            return switch (value) {
                case INTEGER -> Numbers.INTEGERS;
                case FLOAT -> Numbers.FLOATS;
                default -> throw new TypeConversionException("expected integer or float, not " + value);
            };
        }
    }
}
