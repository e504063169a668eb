package org.mobilenet4j.formats.dataset.boxes;

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

/// JSON files of COCO's kind.
class CocoFileFuzzTest {
    @TempDir
    private Path folder;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        BoxFiles.coco(60, 40, "3 1, 2, 3, 4", "7 0.5, 1e1, 2.25, 30"),
                        "{\"images\": [{\"id\": \"x\", \"file_name\": \"a\"}], \"categories\": [{\"id\": 1.0, \"name\": \"b\"}], \"annotations\":"
                                + " [{\"image_id\": \"x\", \"category_id\": \"1\", \"bbox\": [0, 0, 1, 1], \"iscrowd\": true}, null, [], 7]}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void json(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("hurt.json"), bytes);
        ReaderLimits.check(bytes.length, () -> CocoFile.read(file), BadFileException.class);
    }
}
