package org.mobilenet4j.formats.tensorflow;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1.Predictors;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.Detectors;
import org.mobilenet4j.fuzz.ReaderLimits;
import org.mobilenet4j.model.BoxOutputs;

/// TensorFlow's graphs, what a SavedModel serves, and the tables of its variables.
class TensorflowFuzzTest {
    private static final Path NAME = Path.of("hurt.pb");

    static Stream<byte[]> graphs() {
        var detector = Detectors.ssd(1, Predictors.POINTWISE, Detectors.PER_CLASS, BoxOutputs.Scores.LOGITS);
        return Stream.of(TensorflowReaderTest.frozen(), DetectionGraph.of(detector, true, true, "Sigmoid"));
    }

    static Stream<byte[]> models() {
        return Stream.of(TensorflowReaderTest.savedModel());
    }

    static Stream<byte[]> tables() {
        return Stream.of(TfFiles.table(new TreeMap<>(Map.of("", new byte[2], "a/b", new byte[3], "a/c", new byte[4]))));
    }

    @MethodSource("graphs")
    @FuzzTest
    void graph(byte[] bytes) throws IOException {
        ReaderLimits.check(
                bytes.length,
                () -> TensorflowReader.frozen(NAME, "hurt", MemorySegment.ofArray(bytes)),
                BadValueException.class);
    }

    @MethodSource("models")
    @FuzzTest
    void model(byte[] bytes) throws IOException {
        ReaderLimits.check(
                bytes.length,
                () -> {
                    var proto = new Proto();
                    var meta = MetaGraph.parse(proto, MemorySegment.ofArray(bytes));
                    VariableKeys.of(proto, meta.graph());
                },
                BadValueException.class);
    }

    @MethodSource("tables")
    @FuzzTest
    void table(byte[] bytes) throws IOException {
        ReaderLimits.check(bytes.length, () -> SortedTable.read(MemorySegment.ofArray(bytes)), BadValueException.class);
    }
}
