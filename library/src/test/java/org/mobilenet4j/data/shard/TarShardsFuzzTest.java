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

/// Archives of photos, gzipped or not.
class TarShardsFuzzTest {
    @TempDir
    private Path folder;

    static Stream<byte[]> seeds() throws IOException {
        var tar = Pictures.tar(Pictures.pictures(2, 0, "cat", "dog"));
        return Stream.of(tar, Pictures.gzip(tar), TarShardsTest.oddTar());
    }

    /// All that is in it, but for the photos themselves.
    private static void read(Path file) throws IOException {
        try (var reader = TarShards.open("hurt", List.of(file)).inOrder()) {
            var sample = reader.next();
            while (sample.isPresent()) {
                sample = reader.next();
            }
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void tar(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("hurt.tar"), bytes);
        ReaderLimits.check(bytes.length, () -> read(file), BadFileException.class);
    }
}
