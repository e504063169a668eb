package org.mobilenet4j.formats.dataset.boxes;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.fuzz.ReaderLimits;

/// Text files of YOLO's boxes.
class YoloLabelsFuzzTest {
    @TempDir
    private Path folder;

    static Stream<byte[]> seeds() {
        return Stream.of("0 .5 .5 .5 .5\n1 0.25 0.25 1e-1 1\n", "1 0 0 1 0 1 1 0 1\r\n\r\n\t0 .1 .1 .1 .1")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void txt(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("hurt.txt"), bytes);
        ReaderLimits.check(bytes.length, () -> YoloLabels.read(file, List.of("cat", "dog")), BadFileException.class);
    }
}
