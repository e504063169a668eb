package org.mobilenet4j.server.protocol.tfserving;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.fuzz.ReaderLimits;

/// Requests to predict, whatever is in them.
class PredictFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{\"instances\":[{\"b64\":\"aGk=\"}]}",
                        "{\"signature_name\":\"serving_default\",\"inputs\":{\"input\":[[[1,2],[3,4]]]}}",
                        "{\"inputs\":[" + "{\"a\":".repeat(900),
                        "{\"x\":" + "[".repeat(3000))
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void requests(byte[] bytes) throws IOException {
        ReaderLimits.check(bytes.length, () -> PredictRequest.read(bytes), BadValueException.class);
    }
}
