package org.mobilenet4j.formats.dataset.boxes;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.fuzz.ReaderLimits;

/// CSV files of boxes.
class BoxTableFuzzTest {
    @TempDir
    private Path folder;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "file,label,x0,y0,x1,y1\na.jpg,cat,1,2,3,4\nb/c.png,dog,0.5,1e1,2.25,30\nd.png,,,,,\n",
                        "\uFEFFclass;x1;y1;x2;y2;filename\r\n\"a \"\"b\"\"\";1;2;3;4;x.png\r\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void csv(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("hurt.csv"), bytes);
        ReaderLimits.check(bytes.length, () -> new BoxTable(file, Optional.empty()).read(), BadFileException.class);
    }
}
