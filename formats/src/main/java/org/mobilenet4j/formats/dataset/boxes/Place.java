package org.mobilenet4j.formats.dataset.boxes;

import java.nio.file.Path;

/// Where in a file something is said.
///
/// @param file the file
/// @param unit what its parts are called, such as `line`
/// @param number which of them, from 1
/// @param line in which line, if that is not what `number` says; else 0
record Place(Path file, String unit, long number, long line) {
    /// A line of `file`.
    Place(Path file, long number) {
        this(file, "line", number, 0);
    }

    /// Such as `labels/a.txt: line 3`, to begin a message.
    @Override
    public String toString() {
        return file + ": " + unit + " " + number + (line > 0 ? " (line " + line + ")" : "");
    }
}
