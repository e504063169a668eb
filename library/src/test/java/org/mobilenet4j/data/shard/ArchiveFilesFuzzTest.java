package org.mobilenet4j.data.shard;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.data.Pictures;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.fuzz.ReaderLimits;

/// Archives of photos: tar, gzipped or not, and zip.
class ArchiveFilesFuzzTest {
    @TempDir
    private Path folder;

    static Stream<byte[]> seeds() throws IOException {
        var tar = Pictures.tar(Pictures.pictures(2, 0, "cat", "dog"));
        var zip = Pictures.zip(Pictures.pictures(2, 0, "cat", "dog"));
        return Stream.of(tar, Pictures.gzip(tar), ArchiveFilesTest.oddTar(), zip);
    }

    /// All that is in it; photos may be damaged.
    private static void read(Path file) throws IOException {
        var data = ArchiveFiles.open("hurt", List.of(file));
        for (int i = 0; i < data.size(); i++) {
            try {
                data.sample(i).photo().decode();
            } catch (BadFileException _) {
                // Said of the photo; the others are read.
            }
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void archive(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("hurt"), bytes);
        ReaderLimits.check(bytes.length, () -> read(file), BadFileException.class);
    }
}
