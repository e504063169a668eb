package org.mobilenet4j.formats.torch;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.fuzz.ReaderLimits;
import org.mobilenet4j.model.file.Safetensors;
import org.mobilenet4j.tensor.Tensor;

/// Safetensors under PyTorch's names.
class TorchFuzzTest {
    private static final Path NAME = Path.of("hurt.safetensors");

    /// The narrowest networks that there can be: two blocks under timm's names, thirteen under PyTorch's.
    static Stream<byte[]> seeds() {
        var timm = new LinkedHashMap<String, Tensor>();
        filter(timm, "conv_stem", "bn1", 3, 3);
        for (var block : new String[] {"blocks.0.0.", "blocks.1.0."}) {
            filter(timm, block + "conv_dw", block + "bn1", 1, 3);
            filter(timm, block + "conv_pw", block + "bn2", 1, 1);
        }
        classifier(timm, "classifier");
        var plain = new LinkedHashMap<String, Tensor>();
        filter(plain, "model.0.0", "model.0.1", 3, 3);
        for (int i = 1; i <= 13; i++) {
            filter(plain, "model." + i + ".0", "model." + i + ".1", 1, 3);
            filter(plain, "model." + i + ".3", "model." + i + ".4", 1, 1);
        }
        classifier(plain, "fc");
        return Stream.of(timm, plain).map(TorchMobileNetTest::safetensors);
    }

    static Stream<byte[]> pickles() {
        var tensors = new LinkedHashMap<String, Tensor>();
        filter(tensors, "0", "1", 3, 3);
        filter(tensors, "2", "3", 1, 3);
        filter(tensors, "4", "5", 1, 1);
        classifier(tensors, "6");
        return Stream.of(TorchFiles.legacy(tensors));
    }

    private static void filter(Map<String, Tensor> all, String filter, String norm, int inputs, int size) {
        all.put(filter + ".weight", Tensor.of(new float[inputs * size * size], 1, inputs, size, size));
        for (var parameter : new String[] {"weight", "bias", "running_mean", "running_var"}) {
            all.put(norm + "." + parameter, Tensor.of(new float[1], 1));
        }
    }

    private static void classifier(Map<String, Tensor> all, String name) {
        all.put(name + ".weight", Tensor.of(new float[2], 2, 1));
        all.put(name + ".bias", Tensor.of(new float[2], 2));
    }

    private static void read(byte[] bytes) throws IOException {
        Safetensors contents;
        try {
            contents = Safetensors.of(MemorySegment.ofArray(bytes));
        } catch (BadValueException _) {
            return; // ModelFileFuzzTest looks at what it says
        }
        if (TorchMobileNet.recognizes(contents)) {
            TorchMobileNet.read(NAME, contents);
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void torch(byte[] bytes) throws IOException {
        ReaderLimits.check(bytes.length, () -> read(bytes), BadFileException.class);
    }

    @MethodSource("pickles")
    @FuzzTest
    void pickle(byte[] bytes) throws IOException {
        ReaderLimits.check(
                bytes.length,
                () -> TorchMobileNet.read(NAME, "PyTorch", TorchFile.readPickles(MemorySegment.ofArray(bytes))),
                BadFileException.class,
                BadValueException.class);
    }
}
