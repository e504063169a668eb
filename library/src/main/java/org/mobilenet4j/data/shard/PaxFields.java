package org.mobilenet4j.data.shard;

import org.jspecify.annotations.Nullable;

/// The relevant fields of a pax header: lines of `length key=value`.
final class PaxFields {
    private @Nullable String path;
    private long size = -1;

    /// Reads what it can; malformed lines are skipped, since the header that follows has the same fields with less
    /// precision.
    PaxFields(String text) {
        for (var line : text.lines().toList()) {
            int key = line.indexOf(' ') + 1;
            int value = line.indexOf('=', key) + 1;
            if (value > 0) {
                switch (line.substring(key, value - 1)) {
                    case "path" -> path = line.substring(value);
                    case "size" -> size = number(line.substring(value));
                    default -> {}
                }
            }
        }
    }

    /// The entry's path, or null.
    @Nullable
    String path() {
        return path;
    }

    /// The entry's size, or -1.
    long size() {
        return size;
    }

    private static long number(String digits) {
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : -1;
    }
}
