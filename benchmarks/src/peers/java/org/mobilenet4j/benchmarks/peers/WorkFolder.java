package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A folder for models and logs that is deleted when the process ends, even if it is interrupted.
final class WorkFolder {
    private WorkFolder() {}

    static Path create() throws IOException {
        var folder = Files.createTempDirectory("mobilenet4j-peers");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        return folder;
    }

    private static void delete(Path folder) {
        try (var paths = Files.walk(folder)) {
            for (var path : List.copyOf(paths.toList()).reversed()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
