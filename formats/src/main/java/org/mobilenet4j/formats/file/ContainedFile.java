package org.mobilenet4j.formats.file;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.text.OneLine;

/// A file that another file names, in the folder where it may lie and in no other.
public final class ContainedFile {
    private ContainedFile() {}

    /// The file called `name` in `folder`; a path that leads out of the folder is refused.
    ///
    /// @param place where it is named, in messages
    /// @throws BadFileException if there can be no such file
    public static Path of(Path folder, String name, String place) throws BadFileException {
        try {
            var file = folder.resolve(name).normalize();
            if (!name.isBlank()
                    && file.toAbsolutePath().startsWith(folder.toAbsolutePath().normalize())) {
                return file;
            }
        } catch (InvalidPathException _) {
            // Falls through to the same answer.
        }
        throw new BadFileException(
                place,
                "'" + OneLine.of(name) + "' is not a file in "
                        + (folder.toString().isEmpty() ? "this folder" : folder));
    }
}
