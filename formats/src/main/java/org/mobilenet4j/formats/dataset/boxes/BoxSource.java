package org.mobilenet4j.formats.dataset.boxes;

import java.io.IOException;
import java.util.List;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.error.BadFileException;

/// Annotated photos in one of the forms, in one or several parts.
interface BoxSource {
    /// The names of its parts; none if it is not divided.
    List<String> splits();

    /// All of it.
    ///
    /// @throws BadFileException if it is wrong, which file and line
    /// @throws IOException if it cannot be read
    Annotations read() throws IOException;

    /// A part.
    ///
    /// @param split its name, which may be one that [#splits] does not show
    /// @throws BadFileException if there is none of that name, or it is wrong, which file and line
    /// @throws IOException if it cannot be read
    Annotations read(String split) throws IOException;
}
