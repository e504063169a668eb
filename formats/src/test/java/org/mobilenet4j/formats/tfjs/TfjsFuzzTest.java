package org.mobilenet4j.formats.tfjs;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.SmallGraph;
import org.mobilenet4j.formats.TfjsFiles;
import org.mobilenet4j.fuzz.ReaderLimits;

/// The `model.json` of a TensorFlow.js graph model, beside the files of weights that it names: the manifest of its
/// weights, and the frozen graph of TensorFlow.
class TfjsFuzzTest {
    @TempDir
    private Path folder;

    private long weightBytes;

    private static TfjsFiles files() {
        return SmallGraph.files(SmallGraph.model("m").weights());
    }

    @BeforeEach
    void weights() throws IOException {
        var json = files().write(folder, "{}");
        try (var all = Files.list(folder)) {
            weightBytes = all.filter(file -> !file.equals(json))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    static Stream<byte[]> seeds() {
        var files = files();
        var json = files.json(files.graph(), "'group1-shard1of2.bin','group1-shard2of2.bin'");
        var manifest =
                "[{\"paths\":[\"group1-shard1of2.bin\"],\"weights\":[{\"name\":\"Output/extra_dim\",\"shape\":[1,2,4],"
                        + "\"dtype\":\"float32\"},{\"name\":\"Preprocessor/ResizeImage/size\",\"shape\":[2],\"dtype\":\"int32\","
                        + "\"quantization\":{\"dtype\":\"uint8\",\"scale\":1,\"min\":64}},"
                        + "{\"name\":\"MobilenetV1/Conv2d_13_pointwise/weights\",\"shape\":[2],\"dtype\":\"float32\"}]}]";
        return Stream.of(json, manifest).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void graph(byte[] bytes) throws IOException {
        var text = new String(bytes, StandardCharsets.UTF_8);
        // That one of several files is missing is no damage of the one that names it.
        ReaderLimits.check(
                bytes.length + weightBytes,
                () -> TfjsReader.read(folder.resolve("model.json"), text),
                BadFileException.class,
                NoSuchFileException.class);
    }
}
