package org.mobilenet4j.model.file;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.fuzz.ReaderLimits;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.QuantizedModels;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.PackedModels;
import org.mobilenet4j.model.RandomNetworks;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;

/// Packed models.
class PackedFileFuzzTest {
    static Stream<byte[]> seeds() {
        var network = RandomNetworks.network(5);
        var floats = new Model(network, Weights.random(network, 5), List.of(), Preprocessing.TF_SLIM);
        return Stream.of(PackedModels.clustered(3), PackedModels.clustered(40), floats, QuantizedModels.model())
                .flatMap(model ->
                        Stream.of(ElementType.FLOAT32, ElementType.FLOAT16).map(type -> PackedFile.bytes(model, type)));
    }

    private static void read(byte[] bytes) throws IOException {
        try {
            PackedFile.read(MemorySegment.ofArray(bytes));
        } catch (BadValueException e) {
            // As for a file with a name.
            throw new BadFileException(Path.of("hurt.mnz"), e);
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void model(byte[] bytes) throws IOException {
        ReaderLimits.check(bytes.length, () -> read(bytes), BadFileException.class);
    }
}
