package org.mobilenet4j.formats.keras;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.KerasJson;
import org.mobilenet4j.formats.SmallKeras;
import org.mobilenet4j.formats.file.ForeignJson;
import org.mobilenet4j.fuzz.ReaderLimits;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.Tensor;

/// Keras's descriptions of networks, with weights of one size for all.
class KerasConfigFuzzTest {
    private static final Path NAME = Path.of("hurt.keras");

    static Stream<byte[]> seeds() {
        return Stream.of(
                        SmallKeras.config(KerasJson.second(), "[null,16,16,3]"),
                        SmallKeras.config(KerasJson.third(), "[null,16,16,3]"),
                        KerasJson.second()
                                .input("in", "[null,2]")
                                .layer("Dense", "d", "'units':2,'use_bias':false")
                                .sequential())
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static Model read(String text) throws IOException {
        try {
            var json = ForeignJson.parse(text, "its configuration");
            return KerasReader.model(NAME, "m", "Keras", json, (_, _, _) -> weights(), true, new LinkedHashMap<>());
        } catch (BadValueException e) {
            // As the readers of the files that have such a description.
            throw new BadFileException(NAME, e);
        }
    }

    private static Tensor weights() {
        return Tensor.of(new float[3 * 3 * 2 * 2], 3, 3, 2, 2);
    }

    @MethodSource("seeds")
    @FuzzTest
    void config(byte[] bytes) throws IOException {
        var text = new String(bytes, StandardCharsets.UTF_8);
        ReaderLimits.check(bytes.length, () -> read(text), BadFileException.class);
    }
}
