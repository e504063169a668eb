package org.mobilenet4j.server.protocol.v2;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.fuzz.ReaderLimits;

/// Requests of the protocol, whatever is in them.
class InferFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{\"id\":\"a\",\"inputs\":[{\"name\":\"input\",\"datatype\":\"FP32\",\"shape\":[1,2],\"data\":[[1,2]]}]}",
                        "{\"inputs\":[{\"name\":\"i\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"aGk=\"]}],"
                                + "\"outputs\":[{\"name\":\"o\",\"parameters\":{\"classification\":3,\"binary_data\":true}}]}",
                        "{\"inputs\":[{\"name\":\"i\",\"datatype\":\"UINT8\",\"shape\":[2],"
                                + "\"parameters\":{\"binary_data_size\":2}}]}ab",
                        "[".repeat(5000),
                        "{\"inputs\":[{\"shape\":[2147483647,2147483647,2147483647]")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void requests(byte[] bytes) throws IOException {
        int json = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf('}') + 1;
        ReaderLimits.check(bytes.length, () -> InferRequestReader.read(bytes, json), BadValueException.class);
        ReaderLimits.check(bytes.length, () -> InferRequestReader.read(bytes, bytes.length), BadValueException.class);
    }
}
