package org.mobilenet4j.data.idx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.data.Pictures;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.fuzz.ReaderLimits;

/// Files as MNIST has them, of pictures and of labels.
class IdxFileFuzzTest {
    @TempDir
    private Path folder;

    static Stream<byte[]> seeds() throws IOException {
        var images = IdxFilesTest.images();
        var labels = IdxFilesTest.labels();
        return Stream.of(images, labels, Pictures.gzip(images), Pictures.gzip(labels));
    }

    @MethodSource("seeds")
    @FuzzTest
    void idx(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("hurt-idx3-ubyte"), bytes);
        for (int dimensions : new int[] {3, 1}) {
            ReaderLimits.check(bytes.length, () -> IdxFile.read(file, dimensions), BadFileException.class);
        }
    }
}
