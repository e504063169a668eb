package org.mobilenet4j.arch.technique;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.mobilenet4j.error.BadValueException;

/// Parses techniques.
final class TechniqueParser {
    private static final List<Entry> TABLE = List.of(
            new Entry("width", "0.5", value -> new WidthMultiplier(number("width", value))),
            new Entry("resolution", "0.714", value -> new ResolutionMultiplier(number("resolution", value))),
            new Entry("separable", "", _ -> new SeparableForStandard()),
            new Entry("standard", "", _ -> new StandardForSeparable()),
            new Entry("global-pool", "", _ -> new GlobalPooling()),
            new Entry("kernel", "1", SmallerKernels::parse),
            new Entry("fire", "", _ -> new FireModules()),
            new Entry("strides", "2121", Strides::parse),
            new Entry("early", "", _ -> new StrideSchedule(StrideSchedule.Place.EARLY)),
            new Entry("late", "", _ -> new StrideSchedule(StrideSchedule.Place.LATE)),
            new Entry("even", "", _ -> new StrideSchedule(StrideSchedule.Place.EVEN)),
            new Entry("shuffle", "4", ShuffledGroups::parse),
            new Entry("shallow", "", _ -> new ShallowBody()),
            new Entry("narrow", "307M", NarrowTo::parse));

    private TechniqueParser() {}

    /// @param example an example value, empty for a technique without one
    private record Entry(String name, String example, Function<String, Technique> reader) {
        boolean hasValue() {
            return !example.isEmpty();
        }

        String text() {
            return hasValue() ? name + "=" + example : name;
        }
    }

    static Technique parse(String text) {
        int equals = text.indexOf('=');
        var name = equals < 0 ? text : text.substring(0, equals);
        var entry = TABLE.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadValueException(
                        "there is no technique called '" + name + "'; the techniques are " + all()));
        if (entry.hasValue() && (equals < 0 || equals == text.length() - 1)) {
            throw new BadValueException(name + " needs a value, for example " + entry.text());
        }
        if (!entry.hasValue() && equals >= 0) {
            throw new BadValueException(name + " takes no value; leave out '" + text.substring(equals) + "'");
        }
        return entry.reader().apply(text.substring(equals + 1));
    }

    static List<Technique> parseAll(String text) {
        var parts = new ArrayList<String>();
        for (var part : text.split("[,\\s]+", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            if (Character.isDigit(part.charAt(0)) && !parts.isEmpty()) {
                parts.add(parts.removeLast() + "," + part);
            } else {
                parts.add(part);
            }
        }
        return parts.stream().map(TechniqueParser::parse).toList();
    }

    static List<String> examples() {
        return TABLE.stream().map(Entry::text).toList();
    }

    private static String all() {
        return String.join(", ", examples());
    }

    private static double number(String name, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new BadValueException(name + " needs a number, not '" + value + "'", e);
        }
    }
}
