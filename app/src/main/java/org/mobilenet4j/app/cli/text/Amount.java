package org.mobilenet4j.app.cli.text;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Converts an option's value with a unit: `150M`, `1.5G`, `4.2MB`, `512KiB`.
///
/// K, M and G, with or without a B, are powers of 1000; KiB, MiB and GiB are powers of 1024.
public final class Amount implements ITypeConverter<Double> {
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([KMG]?)(i?)B?");
    private static final double DECIMAL = 1000;
    private static final double BINARY = 1024;

    @Override
    public Double convert(String value) {
        var form = FORM.matcher(value);
        if (form.matches()) {
            int power = " KMG".indexOf(form.group(2).isEmpty() ? " " : form.group(2));
            double amount =
                    Double.parseDouble(form.group(1)) * Math.pow(form.group(3).isEmpty() ? DECIMAL : BINARY, power);
            if (amount > 0 && Double.isFinite(amount)) {
                return amount;
            }
        }
        throw new TypeConversionException("expected an amount above 0, such as 150M or 512KiB, not " + value);
    }
}
