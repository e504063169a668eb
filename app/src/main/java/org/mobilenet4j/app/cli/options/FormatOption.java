package org.mobilenet4j.app.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `--format text|json`, which every command has.
public final class FormatOption {
    private enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--format",
            paramLabel = "text|json",
            converter = FormatConverter.class,
            description = "Print text, or one JSON document and nothing else (default: text).")
    private Format format = Format.TEXT;

    /// Whether to write one JSON document to standard output, and nothing else.
    public boolean isJson() {
        return format == Format.JSON;
    }

    private static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String value) {
            return switch (value) {
                case "text" -> Format.TEXT;
                case "json" -> Format.JSON;
                default -> throw new TypeConversionException("expected text or json, not " + value);
            };
        }
    }
}
