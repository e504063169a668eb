package org.mobilenet4j.formats.dataset.boxes;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.error.BadFileException;

/// A line of a text file that is not blank.
///
/// @param text without spaces around
/// @param isIndented whether there were spaces before it
/// @param place which line
record TextLine(String text, boolean isIndented, Place place) {
    private static final long MAX_BYTES = 16 << 20;

    /// The lines of `file` that are not blank.
    ///
    /// @throws BadFileException if it is too long or not UTF-8
    /// @throws IOException if it cannot be read
    static List<TextLine> read(Path file) throws IOException {
        var lines = new ArrayList<TextLine>();
        long number = 0;
        for (var line : text(file).lines().toList()) {
            number++;
            if (!line.isBlank()) {
                lines.add(new TextLine(line.strip(), Character.isWhitespace(line.charAt(0)), new Place(file, number)));
            }
        }
        return lines;
    }

    /// The text of `file`, without a mark of its byte order.
    static String text(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new BadFileException(file, "is longer than the limit of " + MAX_BYTES + " bytes");
        }
        try {
            var text = Files.readString(file);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new BadFileException(file, "is not UTF-8 text; convert it", e);
        }
    }
}
