package org.mobilenet4j.train.optimize;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.mobilenet4j.error.BadValueException;

/// Parses a name with settings, `NAME[:SETTING=VALUE]...`; a setting that is never read is an error.
final class SpecParser {
    private final String text;
    private final String name;
    private final Map<String, String> settings = new HashMap<>();

    /// @throws IllegalArgumentException if `text` is not of this form or gives a setting twice
    SpecParser(String text) {
        this.text = text;
        var parts = text.split(":", -1);
        this.name = parts[0];
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 1) {
                throw new BadValueException(
                        "'" + parts[i] + "' in " + text + " is not understood; write NAME:SETTING=VALUE");
            }
            if (settings.put(parts[i].substring(0, equals), parts[i].substring(equals + 1)) != null) {
                throw new BadValueException(text + " gives " + parts[i].substring(0, equals) + " twice");
            }
        }
    }

    String name() {
        return name;
    }

    double number(String setting, double otherwise) {
        var value = settings.remove(setting);
        if (value == null) {
            return otherwise;
        }
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw wrong(setting, "a number", value);
        }
    }

    boolean flag(String setting, boolean otherwise) {
        var value = settings.remove(setting);
        if (value == null) {
            return otherwise;
        }
        if (!value.equals("true") && !value.equals("false")) {
            throw wrong(setting, "true or false", value);
        }
        return value.equals("true");
    }

    /// One of the constants of `otherwise`'s type, in lower case.
    <E extends Enum<E>> E constant(String setting, E otherwise) {
        var value = settings.remove(setting);
        if (value == null) {
            return otherwise;
        }
        var constants = otherwise.getDeclaringClass().getEnumConstants();
        for (var constant : constants) {
            if (nameOf(constant).equals(value)) {
                return constant;
            }
        }
        var names = Arrays.stream(constants).map(SpecParser::nameOf).toList();
        throw wrong(setting, String.join(" or ", names), value);
    }

    /// The text of a constant, as [#constant] reads it.
    static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /// `result`, after all settings were read.
    ///
    /// @throws IllegalArgumentException if `text` has an unknown setting
    <T> T finish(T result) {
        for (var setting : settings.keySet()) {
            throw new BadValueException(name + " has no setting " + setting + "; its full form is " + result);
        }
        return result;
    }

    private BadValueException wrong(String setting, String expected, String value) {
        return new BadValueException(
                "the setting " + setting + " in " + text + " must be " + expected + ", not " + value);
    }
}
