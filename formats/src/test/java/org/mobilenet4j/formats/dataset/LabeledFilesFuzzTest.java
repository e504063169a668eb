package org.mobilenet4j.formats.dataset;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.fuzz.ReaderLimits;

/// CSV files that say what photos show.
class LabeledFilesFuzzTest {
    @TempDir
    private Path folder;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "file,label\na.jpg,cat\nb/c.png,dog\n",
                        "\uFEFFlabel,more,file\r\n\"a, \"\"b\"\"\",,x.png\r\n\r\n7,1,\"y\nz\"")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void csv(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("hurt.csv"), bytes);
        ReaderLimits.check(bytes.length, () -> LabeledFiles.read(file, folder), BadFileException.class);
    }
}
