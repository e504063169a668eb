package org.mobilenet4j.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// Files that are there whole or not at all: written beside their place, then renamed into it.
final class WholeFile {
    private WholeFile() {}

    /// What becomes the file.
    interface Content {
        void writeTo(OutputStream stream) throws IOException;
    }

    static void write(Path file, Content content) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException(file + ": cannot be written, as its folder does not exist; make it first");
        }
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a directory; give the name of a file");
        }
        // Not createTempFile, whose files none but their owner may read.
        var name = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        var temporary = folder.resolve(".mobilenet4j-" + name + ".tmp");
        try {
            try (var stream = Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW)) {
                content.writeTo(stream);
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
