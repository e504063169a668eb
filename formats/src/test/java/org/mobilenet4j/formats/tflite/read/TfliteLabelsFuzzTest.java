package org.mobilenet4j.formats.tflite.read;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.SmallGraph;
import org.mobilenet4j.formats.tflite.write.TfliteWriter;
import org.mobilenet4j.fuzz.ReaderLimits;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;

/// TFLite files with metadata, and labels in an archive behind them.
class TfliteLabelsFuzzTest {
    @TempDir
    private Path folder;

    static Stream<byte[]> seeds() throws IOException {
        var network = SmallGraph.model("m").network();
        var model = new Model(network, Weights.random(network, 3), List.of("a", "b", "c", "d"), Preprocessing.TF_SLIM);
        var file = Files.createTempFile("seed", ".tflite");
        try {
            TfliteWriter.write(model, file, ElementType.FLOAT16);
            return Stream.of(Files.readAllBytes(file));
        } finally {
            Files.delete(file);
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void labels(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("hurt.tflite"), bytes);
        ReaderLimits.check(
                bytes.length, () -> TfliteReader.read(file, MemorySegment.ofArray(bytes)), BadFileException.class);
    }
}
