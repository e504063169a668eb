package org.mobilenet4j.model.file;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.fuzz.ReaderLimits;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.QuantizedModels;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.RandomNetworks;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;

/// This library's own files, and with them all safetensors.
class ModelFileFuzzTest {
    static Stream<byte[]> seeds() throws IOException {
        var floats = LongStream.range(0, 12).mapToObj(ModelFileFuzzTest::model);
        var seeds = Stream.<byte[]>builder();
        for (var model :
                Stream.concat(floats, Stream.of(QuantizedModels.model())).toList()) {
            for (var type : List.of(ElementType.FLOAT32, ElementType.FLOAT16)) {
                seeds.add(bytes(model, type));
            }
        }
        return seeds.build();
    }

    private static Model model(long seed) {
        var network = RandomNetworks.network(seed);
        return new Model(
                network, Weights.random(network, seed), List.of(), Preprocessing.TF_SLIM, Map.of("from", "a test"));
    }

    private static byte[] bytes(Model model, ElementType type) throws IOException {
        var file = Files.createTempFile("seed", ".safetensors");
        try {
            ModelFile.write(model, file, type);
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    private static void read(byte[] bytes) throws IOException {
        try {
            ModelFile.read(MemorySegment.ofArray(bytes));
        } catch (BadValueException e) {
            // As for a file with a name.
            throw new BadFileException(Path.of("hurt.safetensors"), e);
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void model(byte[] bytes) throws IOException {
        ReaderLimits.check(bytes.length, () -> read(bytes), BadFileException.class);
    }
}
