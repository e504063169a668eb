package org.mobilenet4j.formats.dataset.boxes;

import java.util.Locale;
import java.util.Optional;

/// How often something was mended, and where first.
final class Mended {
    private final String one;
    private final String many;
    private final String what;
    private long count;
    private String first = "";

    /// @param one what was mended, such as `box`
    /// @param many several of them
    /// @param what what was wrong with it and what was done, behind the number
    Mended(String one, String many, String what) {
        this.one = one;
        this.many = many;
        this.what = what;
    }

    static Mended boxes(String what) {
        return new Mended("box", "boxes", what);
    }

    static Mended photos(String what) {
        return new Mended("photo", "photos", what);
    }

    void add(Object place) {
        if (count++ == 0) {
            first = place.toString();
        }
    }

    /// Such as `3 boxes reach beyond their photo: clipped (first: labels.csv: row 3)`; nothing if there was nothing.
    Optional<String> note() {
        return count == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT, "%,d %s %s (first: %s)", count, count == 1 ? one : many, what, first));
    }
}
