package org.mobilenet4j.text;

import java.util.Objects;

/// How many of something, in words.
public final class Count {
    private Count() {}

    /// `1 photo`, `2 photos`.
    ///
    /// @param noun whose plural ends in s
    public static String of(long count, String noun) {
        Objects.requireNonNull(noun, "noun");
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
