package org.mobilenet4j.formats.tflite.read;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.QuantizedNetworks;
import org.mobilenet4j.formats.QuantizedTensors;
import org.mobilenet4j.formats.SmallModel;
import org.mobilenet4j.fuzz.ReaderLimits;

/// TFLite files without packed labels.
class TfliteFuzzTest {
    private static final Path NAME = Path.of("hurt.tflite");

    /// All operators in floats, and each in integers.
    static Stream<byte[]> seeds() {
        var quantized = Arrays.stream(QuantizedTensors.Scheme.values())
                .flatMap(scheme -> IntStream.range(0, QuantizedNetworks.KINDS)
                        .mapToObj(kind ->
                                QuantizedNetworks.ofOne(scheme, kind, kind).file()));
        return Stream.of(Stream.of(SmallModel.bytes()), quantized, TfliteDetectorFile.files())
                .flatMap(some -> some);
    }

    @MethodSource("seeds")
    @FuzzTest
    void tflite(byte[] bytes) throws IOException {
        ReaderLimits.check(
                bytes.length, () -> TfliteReader.read(NAME, MemorySegment.ofArray(bytes)), BadFileException.class);
    }
}
