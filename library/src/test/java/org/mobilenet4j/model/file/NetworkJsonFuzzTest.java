package org.mobilenet4j.model.file;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.fuzz.ReaderLimits;
import org.mobilenet4j.model.RandomNetworks;

/// Networks in model files.
class NetworkJsonFuzzTest {
    static Stream<byte[]> seeds() {
        var table = MobileNetV1.of(0.5, 160, 1000).network();
        return Stream.concat(Stream.of(table), LongStream.range(0, 24).mapToObj(RandomNetworks::network))
                .map(network -> NetworkJson.write(network).getBytes(StandardCharsets.UTF_8));
    }

    private static void read(byte[] bytes) throws IOException {
        try {
            NetworkJson.read(new String(bytes, StandardCharsets.UTF_8));
        } catch (BadValueException e) {
            // As ModelFile does.
            throw new BadFileException(Path.of("hurt.safetensors"), e);
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void network(byte[] bytes) throws IOException {
        ReaderLimits.check(bytes.length, () -> read(bytes), BadFileException.class);
    }
}
