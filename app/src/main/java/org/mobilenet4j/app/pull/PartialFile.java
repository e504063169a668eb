package org.mobilenet4j.app.pull;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A partially downloaded file and, beside it, the server's validator of its version, which a later attempt needs to
/// continue the download.
record PartialFile(Path path) {
    /// Number of bytes that a further attempt need not download.
    long length() throws IOException {
        if (validator().isPresent() && Files.exists(path)) {
            return Files.size(path);
        }
        return 0;
    }

    /// The value for `If-Range`, if the server sent a usable one.
    Optional<String> validator() throws IOException {
        return Files.exists(validatorFile()) ? Optional.of(Files.readString(validatorFile())) : Optional.empty();
    }

    /// Opens the file at its beginning, for the version that `headers` describe.
    OutputStream begin(HttpHeaders headers) throws IOException {
        delete();
        // A weak tag means that two versions are equivalent, not that their bytes are equal.
        var validator = headers.firstValue("etag")
                .filter(tag -> !tag.startsWith("W/"))
                .or(() -> headers.firstValue("last-modified"));
        if (validator.isPresent()) {
            Files.writeString(validatorFile(), validator.orElseThrow());
        }
        return Files.newOutputStream(path, StandardOpenOption.CREATE_NEW);
    }

    /// Opens the file at its end.
    OutputStream goOn() throws IOException {
        return Files.newOutputStream(path, StandardOpenOption.APPEND);
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
        Files.deleteIfExists(validatorFile());
    }

    private Path validatorFile() {
        return path.resolveSibling(path.getFileName() + ".version");
    }
}
