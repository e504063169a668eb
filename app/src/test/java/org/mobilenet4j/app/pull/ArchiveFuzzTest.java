package org.mobilenet4j.app.pull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.fuzz.ReaderLimits;

/// Downloaded archives that hold a model.
class ArchiveFuzzTest {
    @TempDir
    private Path folder;

    static Stream<byte[]> seeds() throws IOException {
        return Stream.of(Published.archive(Published.tflite(300)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void archive(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("hurt.tgz"), bytes);
        ReaderLimits.check(
                bytes.length,
                () -> Archive.extract(file, Published.NAME + ".tflite", folder.resolve("out")),
                IOException.class);
    }
}
