package org.mobilenet4j.formats.dataset.boxes;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A path in a description of data. Programs write it from where they ran, so folders at its beginning may not be
/// there:
/// `data/obj.names` lies beside `obj.data`, and `../train/images` in the folder of `data.yaml`.
final class StatedPath {
    /// Folders at the beginning that are left out, one after the other.
    private static final int MOST_LEFT_OUT = 3;

    private StatedPath() {}

    /// The file or folder that `name` stands for, from the first of `bases` where there is one.
    static Optional<Path> find(List<Path> bases, String name) {
        try {
            var path = Path.of(name);
            for (int left = 0; left <= MOST_LEFT_OUT && left < path.getNameCount(); left++) {
                var rest = left == 0 ? path : path.subpath(left, path.getNameCount());
                for (var base : bases) {
                    var found = base.resolve(rest).normalize();
                    if (Files.exists(found)) {
                        return Optional.of(found);
                    }
                }
            }
        } catch (InvalidPathException _) {
            // There is no such file.
        }
        return Optional.empty();
    }
}
