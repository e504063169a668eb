package org.mobilenet4j.formats.keras;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.KerasFiles;
import org.mobilenet4j.formats.KerasJson;
import org.mobilenet4j.formats.SmallKeras;
import org.mobilenet4j.fuzz.ReaderLimits;

/// Archives of Keras 3.
class KerasArchiveFuzzTest {
    @TempDir
    private Path folder;

    static Stream<byte[]> seeds() throws IOException {
        var seeds = Files.createTempDirectory("seeds");
        var config = SmallKeras.config(KerasJson.third(), "[null,16,16,3]");
        var numbered = SmallKeras.numbered(SmallKeras.model("m").weights());
        var file = KerasFiles.writeArchive(seeds.resolve("seed.keras"), config, numbered);
        try {
            return Stream.of(Files.readAllBytes(file));
        } finally {
            Files.delete(file);
            Files.delete(seeds.resolve("weights.tmp"));
            Files.delete(seeds);
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void keras(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("hurt.keras"), bytes);
        ReaderLimits.check(bytes.length, () -> KerasReader.read(file), BadFileException.class);
    }
}
