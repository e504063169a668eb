package org.mobilenet4j.data;

import java.util.Locale;
import java.util.Set;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.text.OneLine;

/// Which names of files and folders count in a data set.
public final class Names {
    /// What systems and programs leave in folders and archives, in lower case.
    private static final Set<String> LITTER = Set.of(
            "__macosx",
            "@eadir",
            "#recycle",
            "$recycle.bin",
            "system volume information",
            "lost+found",
            "thumbs.db",
            "desktop.ini");

    private Names() {}

    /// Whether a file or folder called `name` is passed over: it begins with a dot, or systems leave it behind.
    public static boolean isPassedOver(String name) {
        return name.startsWith(".") || LITTER.contains(name.toLowerCase(Locale.ROOT));
    }

    /// Checks that `name` was decoded whole. Several names with characters that could not be decoded would otherwise
    /// become one class.
    ///
    /// @param place the folder or archive in the message
    /// @param advice what to do
    /// @throws BadFileException when a character was replaced
    public static void requireDecoded(String place, String name, String advice) throws BadFileException {
        if (name.indexOf('\uFFFD') >= 0) {
            throw new BadFileException(
                    place, "the name '" + OneLine.of(name) + "' has characters that cannot be read; " + advice);
        }
    }
}
