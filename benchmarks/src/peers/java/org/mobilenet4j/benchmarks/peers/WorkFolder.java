package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A folder for models and logs that is deleted when it is closed, or when the process is interrupted.
///
/// @param path the folder
record WorkFolder(Path path) implements AutoCloseable {
    static WorkFolder create() throws IOException {
        var folder = new WorkFolder(Files.createTempDirectory("mobilenet4j-peers"));
        Runtime.getRuntime().addShutdownHook(new Thread(folder::close));
        return folder;
    }

    @Override
    public void close() {
        if (!Files.exists(path)) {
            return;
        }
        try (var paths = Files.walk(path)) {
            for (var file : List.copyOf(paths.toList()).reversed()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
