package org.mobilenet4j.formats.keras;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.KerasFiles;
import org.mobilenet4j.formats.KerasJson;
import org.mobilenet4j.formats.SmallKeras;
import org.mobilenet4j.fuzz.ReaderLimits;

/// HDF5 files, as far as Keras has them.
class Hdf5FuzzTest {
    private static final Path NAME = Path.of("hurt.h5");

    /// A small classifier, by another library.
    static Stream<byte[]> seeds() throws IOException {
        var folder = Files.createTempDirectory("seeds");
        var config = SmallKeras.config(KerasJson.second(), "[null,16,16,3]");
        var variables = SmallKeras.variables(SmallKeras.model("m").weights(), "depthwise_kernel");
        var file = KerasFiles.writeHdf5(folder.resolve("seed.h5"), config, variables);
        try {
            return Stream.of(Files.readAllBytes(file));
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void hdf5(byte[] bytes) throws IOException {
        ReaderLimits.check(
                bytes.length, () -> KerasReader.readHdf5(NAME, MemorySegment.ofArray(bytes)), BadFileException.class);
    }
}
