package org.mobilenet4j.formats;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// The data that lies in a folder `shared` beside the repository, for those who have it.
public final class SharedFiles {
    private SharedFiles() {}

    /// The file at `path` below `shared/models`; without it, the test is skipped.
    public static Path model(String path) {
        return find("models", path);
    }

    /// The file or folder at `path` below `shared/data`; without it, the test is skipped.
    public static Path data(String path) {
        return find("data", path);
    }

    /// The file or folder at `path` below `shared/cases`; without it, the test is skipped.
    public static Path cases(String path) {
        return find("cases", path);
    }

    private static Path find(String kind, String path) {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            var file = folder.resolve("shared").resolve(kind).resolve(path);
            if (Files.exists(file)) {
                return file;
            }
        }
        return Assumptions.abort("needs shared/" + kind + "/" + path + " beside the repository");
    }
}
