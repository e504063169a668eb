package org.mobilenet4j.formats.onnx.read;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1.Predictors;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.Detectors;
import org.mobilenet4j.formats.OnnxRandomNetworks;
import org.mobilenet4j.formats.onnx.write.OnnxWriter;
import org.mobilenet4j.fuzz.ReaderLimits;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;

/// ONNX files, beside which lies a file that they may name.
class OnnxFuzzTest {
    private static final int DATA_BYTES = 4096;

    @TempDir
    private Path folder;

    @BeforeEach
    void data() throws IOException {
        Files.write(folder.resolve("data"), new byte[DATA_BYTES]);
    }

    /// Networks of all layers, as we write them, and the idioms of other programs.
    static Stream<byte[]> seeds() {
        var ours = LongStream.range(0, 24).mapToObj(OnnxFuzzTest::ours);
        return Stream.of(ours, OnnxDamageTest.foreign(), detectors()).flatMap(some -> some);
    }

    private static Stream<byte[]> detectors() {
        var model = Detectors.ssd(1, Predictors.POINTWISE, Detectors.FAST, BoxOutputs.Scores.LOGITS);
        return Stream.of(true, false).map(suppresses -> OnnxWriter.bytes(model, ElementType.FLOAT32, suppresses));
    }

    private static byte[] ours(long seed) {
        var network = OnnxRandomNetworks.network(seed);
        var model = new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM);
        return OnnxWriter.bytes(model, seed % 4 == 0 ? ElementType.FLOAT16 : ElementType.FLOAT32);
    }

    @MethodSource("seeds")
    @FuzzTest
    void onnx(byte[] bytes) throws IOException {
        var file = folder.resolve("hurt.onnx");
        ReaderLimits.check(bytes.length + DATA_BYTES, () -> OnnxReader.read(file, bytes), BadFileException.class);
    }
}
