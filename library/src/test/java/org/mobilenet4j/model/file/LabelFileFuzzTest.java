package org.mobilenet4j.model.file;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.fuzz.ReaderLimits;

class LabelFileFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of("tench\ngoldfish, Carassius auratus\n", "\uFEFFchat\r\nchien\r\n\r\n", "a\n\nb")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void labels(byte[] bytes) throws IOException {
        ReaderLimits.check(bytes.length, () -> LabelFile.parse("hurt.txt", bytes), BadFileException.class);
    }
}
