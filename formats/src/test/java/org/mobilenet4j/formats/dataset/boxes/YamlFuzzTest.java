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

/// Descriptions of YOLO's data.
class YamlFuzzTest {
    @TempDir
    private Path folder;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "path: ../a # b\ntrain: [a, \"b, c\"]\nval: x\n\nnc: 2\nnames:\n  0: cat\n  1: dog\n",
                        "names: {0: a, \"1\": 'it''s'}\ntest:\n- a\n-  b\ndownload: |\n  x: [\n",
                        "names: [a,\n  b] # c\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void yaml(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("hurt.yaml"), bytes);
        ReaderLimits.check(bytes.length, () -> Yaml.read(file), BadFileException.class);
    }
}
