package org.mobilenet4j.formats.dataset.boxes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where data are, and which part of them is meant: `bccd#test`.
///
/// @param data the file or folder
/// @param split the name of the part, if one is named
record DataPlace(Path data, Optional<String> split) {
    /// What `path` says; a file or folder that is called so has no part.
    static DataPlace of(Path path) {
        var name = PhotoFolders.nameOf(path);
        int mark = name.lastIndexOf('#');
        if (mark > 0 && mark < name.length() - 1 && !Files.exists(path)) {
            return new DataPlace(path.resolveSibling(name.substring(0, mark)), Optional.of(name.substring(mark + 1)));
        }
        return new DataPlace(path, Optional.empty());
    }
}
