package org.mobilenet4j.formats.dataset.boxes;

import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.text.OneLine;

/// Numbers in text.
final class Numbers {
    private static final int LONGEST = 40;

    private Numbers() {}

    /// The finite number that `text` is, as people and programs write it: `12`, `-0.5`, `1.5e+02`.
    ///
    /// @param what what it should be, in messages
    /// @throws BadFileException if it is none
    static float number(String text, String what, Object place) throws BadFileException {
        var trimmed = text.strip();
        if (trimmed.length() <= LONGEST && trimmed.chars().allMatch(c -> "+-.eE0123456789".indexOf(c) >= 0)) {
            try {
                float number = Float.parseFloat(trimmed);
                if (Float.isFinite(number)) {
                    return number;
                }
            } catch (NumberFormatException _) {
                // Falls through to the same answer.
            }
        }
        throw new BadFileException(
                place.toString(), "the " + what + " must be a number, not '" + OneLine.of(trimmed) + "'; correct it");
    }

    /// The integer that `text` is; `3.0` is one.
    ///
    /// @param what what it should be, in messages
    /// @throws BadFileException if it is none, or below 0
    static int whole(String text, String what, Object place) throws BadFileException {
        float number = number(text, what, place);
        if (number != (int) number || number < 0) {
            throw new BadFileException(
                    place.toString(),
                    "the " + what + " must be an integer from 0 up, not '" + OneLine.of(text) + "'; correct it");
        }
        return (int) number;
    }
}
