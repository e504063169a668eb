package org.mobilenet4j.formats.dataset.boxes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.mobilenet4j.error.BadFileException;

/// The part of YAML that descriptions of YOLO's data use: values and lists of values by keys.
///
/// ```
/// path: ../shapes # a comment
/// train: images/train
/// names: ['circle', "square"]
/// ```
///
/// A list may go on over lines, have a line for each item behind `- `, or number its items (`0: circle`). Keys within
/// other values are passed over.
final class Yaml {
    private static final Pattern KEY = Pattern.compile("([A-Za-z_][\\w-]*)\\s*:(?:\\s+(.*))?");
    private static final Pattern NUMBERED = Pattern.compile("['\"]?(\\d{1,9})['\"]?\\s*:\\s*(.*)");

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Map<String, TreeMap<Integer, String>> numbered = new LinkedHashMap<>();
    private String key = "";
    /// A list in brackets that goes on, and where it began.
    private final StringBuilder open = new StringBuilder();

    private Yaml() {}

    /// The values of each key, one or a list.
    ///
    /// @throws BadFileException if a list in brackets does not end, or numbers of items are not 0, 1, 2, ...
    /// @throws IOException if it cannot be read
    static Map<String, List<String>> read(Path file) throws IOException {
        var yaml = new Yaml();
        var begin = new Place(file, 1);
        for (var line : TextLine.read(file)) {
            begin = yaml.open.isEmpty() ? line.place() : begin;
            yaml.add(line);
        }
        if (!yaml.open.isEmpty()) {
            throw new BadFileException(begin.toString(), "begins a list whose bracket is not closed; close it");
        }
        for (var entry : yaml.numbered.entrySet()) {
            var items = entry.getValue();
            if (items.lastKey() != items.size() - 1) {
                throw new BadFileException(
                        file, "numbers its " + entry.getKey() + " with gaps; number them 0, 1, 2, ...");
            }
            yaml.values.put(entry.getKey(), List.copyOf(items.values()));
        }
        return yaml.values;
    }

    private void add(TextLine line) {
        var text = withoutComment(line.text());
        if (!open.isEmpty()) {
            flow(text);
            return;
        }
        var named = KEY.matcher(text);
        if (!line.isIndented() && named.matches()) {
            key = named.group(1);
            values.put(key, new ArrayList<>());
            var value = named.group(2) == null ? "" : named.group(2).strip();
            if (value.startsWith("[") || value.startsWith("{")) {
                flow(value);
            } else if (!value.isEmpty() && !value.startsWith("|") && !value.startsWith(">")) {
                item(value);
            }
        } else if (text.startsWith("- ")) {
            item(text.substring(2));
        } else {
            number(text);
        }
    }

    private void flow(String text) {
        open.append(text).append(' ');
        char end = open.charAt(0) == '[' ? ']' : '}';
        if (!text.endsWith(String.valueOf(end))) {
            return;
        }
        var inside = open.substring(1, open.lastIndexOf(String.valueOf(end)));
        open.setLength(0);
        for (var part : parts(inside)) {
            if (end == ']') {
                item(part);
            } else {
                number(part);
            }
        }
    }

    private void item(String text) {
        values.getOrDefault(key, new ArrayList<>()).add(unquoted(text.strip()));
    }

    private void number(String text) {
        var item = NUMBERED.matcher(text.strip());
        if (item.matches()) {
            numbered.computeIfAbsent(key, _ -> new TreeMap<>())
                    .put(Integer.parseInt(item.group(1)), unquoted(item.group(2).strip()));
        }
    }

    /// What is between commas that are not in quotes; nothing behind the last comma.
    private static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        char quote = 0;
        int begin = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ',';
            if (c == ',' && (quote == 0 || i == text.length())) {
                if (!text.substring(begin, i).isBlank()) {
                    parts.add(text.substring(begin, i).strip());
                }
                begin = i + 1;
            }
            quote = quoteBehind(quote, text, i);
        }
        return parts;
    }

    private static String withoutComment(String text) {
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '#' && quote == 0 && (i == 0 || Character.isWhitespace(text.charAt(i - 1)))) {
                return text.substring(0, i).strip();
            }
            quote = quoteBehind(quote, text, i);
        }
        return text;
    }

    /// The quote that is open behind the character at `i`, if `quote` was before it; 0 if none. One within a word is an
    /// apostrophe.
    private static char quoteBehind(char quote, String text, int i) {
        char c = i < text.length() ? text.charAt(i) : 0;
        if (c != '\'' && c != '"') {
            return quote;
        }
        if (quote == 0) {
            return i == 0 || " \t,:[{".indexOf(text.charAt(i - 1)) >= 0 ? c : 0;
        }
        return quote == c ? 0 : quote;
    }

    private static String unquoted(String text) {
        if (text.length() > 1 && text.startsWith("'") && text.endsWith("'")) {
            return text.substring(1, text.length() - 1).replace("''", "'");
        }
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1).replace("\\\"", "\"")
                : text;
    }
}
