package org.mobilenet4j.app.pull;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// As much of a file as has come, and beside it what its server said to know its version by: only with that can a
/// later attempt go on where this one ends.
record PartialFile(Path path) {
    /// How many bytes a further attempt need not fetch.
    long length() throws IOException {
        if (validator().isPresent() && Files.exists(path)) {
            return Files.size(path);
        }
        return 0;
    }

    /// What `If-Range` asks about, where the server offered anything of use.
    Optional<String> validator() throws IOException {
        return Files.exists(validatorFile()) ? Optional.of(Files.readString(validatorFile())) : Optional.empty();
    }

    /// From its beginning, of the version that `headers` describe.
    OutputStream begin(HttpHeaders headers) throws IOException {
        delete();
        // A weak tag says that two versions mean the same, not that their bytes are the same.
        var validator = headers.firstValue("etag")
                .filter(tag -> !tag.startsWith("W/"))
                .or(() -> headers.firstValue("last-modified"));
        if (validator.isPresent()) {
            Files.writeString(validatorFile(), validator.orElseThrow());
        }
        return Files.newOutputStream(path, StandardOpenOption.CREATE_NEW);
    }

    /// Where it ends.
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
