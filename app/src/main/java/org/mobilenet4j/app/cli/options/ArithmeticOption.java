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
            description = "What to compute with: integers, to TensorFlow Lite's bits, which a model that is not"
                    + " quantized cannot do; or floats (default: integers where the model is quantized).")
    private Numbers numbers = Numbers.AUTOMATIC;

    /// What to compute with.
    public Numbers numbers() {
        return numbers;
    }

    /// What `plan` computes with, as the option calls it.
    public static String of(Plan plan) {
        return plan.usesIntegers() ? INTEGER : FLOAT;
    }

    private static final class NumbersConverter implements ITypeConverter<Numbers> {
        @Override
        public Numbers convert(String value) {
            return switch (value) {
                case INTEGER -> Numbers.INTEGERS;
                case FLOAT -> Numbers.FLOATS;
                default -> throw new TypeConversionException("'" + value + "' is not integer or float");
            };
        }
    }
}
