package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/// ONNX Runtime's native code. By itself ONNX Runtime unpacks it in every process; the other libraries keep theirs.
final class OnnxRuntimeFiles {
    private static final String INSIDE = "/ai/onnxruntime/native/linux-x64";

    private OnnxRuntimeFiles() {}

    /// A folder in `cache` with the native code of `jar`, which is unpacked if it is not there yet.
    static Path unpacked(Path jar, Path cache) throws IOException {
        var folder = cache.resolve(jar.getFileName());
        if (Files.exists(folder)) {
            return folder;
        }
        Files.createDirectories(cache);
        var fresh = Files.createTempDirectory(cache, "fresh");
        try (var archive = FileSystems.newFileSystem(jar);
                var files = Files.list(archive.getPath(INSIDE))) {
            for (var file : files.toList()) {
                Files.copy(file, fresh.resolve(file.getFileName().toString()));
            }
        }
        return Files.move(fresh, folder);
    }
}
