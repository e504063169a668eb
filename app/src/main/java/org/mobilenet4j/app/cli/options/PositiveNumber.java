package org.mobilenet4j.app.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Converts an option's value that must be a positive integer.
public final class PositiveNumber implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new TypeConversionException("expected an integer from 1 to " + Integer.MAX_VALUE + ", not " + value);
    }
}
