package org.mobilenet4j.formats.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.Agreement;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.Tensor;

/// Files as `torch.save` writes them, and such as only an attacker does.
class TorchFileTest {
    @TempDir
    private Path directory;

    private final Model expected = TorchMobileNetTest.expected("m", false);

    private Map<String, Tensor> tensors() {
        return TorchMobileNetTest.plain(expected.weights());
    }

    private Model read(byte[] bytes) throws IOException {
        return ModelFormats.read(Files.write(directory.resolve("m.pth"), bytes));
    }

    @EnumSource(TorchFiles.Storage.class)
    @ParameterizedTest
    void archives(TorchFiles.Storage storage) throws IOException {
        var model = read(TorchFiles.archive(tensors(), storage, false));

        assertThat(model.network()).isEqualTo(expected.network());
        assertThat(model.notes()).containsEntry("format", "PyTorch, PyTorch's names");
        boolean isExact = storage == TorchFiles.Storage.FLOAT || storage == TorchFiles.Storage.DOUBLE;
        Agreement.assertSame(model, expected, isExact ? 1e-5f : 0.05f);
    }

    @Test
    void valuesInAnotherOrder() throws IOException {
        var model = read(TorchFiles.archive(tensors(), TorchFiles.Storage.FLOAT, true));

        Agreement.assertSame(model, expected, 1e-5f);
    }

    @Test
    void checkpointsOfTheOlderForm() throws IOException {
        var model = read(TorchFiles.legacy(tensors()));

        assertThat(model.network()).isEqualTo(expected.network());
        Agreement.assertSame(model, expected, 1e-5f);
    }

    /// The number of a layer of the table, from 0, in the names of others: `%a` is its convolution, `%b` its batch
    /// normalization.
    @CsvSource({
        "features.%d.0, features.%d.1, features.%d.3, features.%d.4, classifier",
        "base_net.%d.0, base_net.%d.1, base_net.%d.3, base_net.%d.4, classifier.1",
        "features.s%d.dw_conv.conv, features.s%d.dw_conv.bn, features.s%d.pw_conv.conv, features.s%d.pw_conv.bn, output",
        "layers.%d.conv1, layers.%d.bn1, layers.%d.conv2, layers.%d.bn2, linear"
    })
    @ParameterizedTest
    void otherNames(String depthwise, String first, String pointwise, String second, String classifier)
            throws IOException {
        var renamed = new LinkedHashMap<String, Tensor>();
        tensors().forEach((name, tensor) -> {
            var parts = name.replace("module.", "").split("\\.", -1);
            if (parts[0].equals("fc")) {
                renamed.put(classifier + "." + parts[1], tensor);
                return;
            }
            var pattern = List.of(depthwise, first, "", pointwise, second).get(Integer.parseInt(parts[2]));
            renamed.put(pattern.replace("%d", parts[1]) + "." + parts[3], tensor);
        });

        Agreement.assertSame(read(TorchFiles.archive(renamed, TorchFiles.Storage.FLOAT, false)), expected, 1e-5f);
        // Other programs sort by name, where 10 comes before 2.
        var sorted = directory.resolve("m.safetensors");
        Files.write(sorted, TorchMobileNetTest.safetensors(new TreeMap<>(renamed)));
        Agreement.assertSame(ModelFormats.read(sorted), expected, 1e-5f);
    }

    @Test
    void stagesAreInOrder() throws IOException {
        var renamed = new LinkedHashMap<String, Tensor>();
        tensors().forEach((name, tensor) -> {
            var parts = name.replace("module.", "").split("\\.", 3);
            int number = parts[0].equals("fc") ? 0 : Integer.parseInt(parts[1]);
            int stage = number < 6 ? 1 : number < 12 ? 2 : 3;
            int within = number - List.of(0, 6, 12).get(stage - 1);
            renamed.put(
                    parts[0].equals("fc")
                            ? name.replace("module.", "")
                            : "module.stage" + stage + "." + within + "." + parts[2],
                    tensor);
        });

        Agreement.assertSame(read(TorchFiles.archive(renamed, TorchFiles.Storage.FLOAT, false)), expected, 1e-5f);
    }

    private static byte[] hostile(String steps) {
        var bytes = ("\u0080\u0002" + steps).getBytes(StandardCharsets.ISO_8859_1);
        return TorchFiles.legacy(bytes, Map.of(), List.of());
    }

    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "cos~system~(X%4rm x tR. | needs Python's os.system, which is not run",
                "c__main__~Net~)R. | needs Python's __main__.Net, which is not run",
                "h%. | its pickle reads the memo",
                "j\u00ff\u00ff\u00ff\u00ff. | its pickle reads the memo 4294967295",
                "]q%0h%0a. | something else where a state dict is needed",
                "(. | takes a value where there is none",
                "X\u00ff\u00ff\u00ff\u00ff. | ends too early",
                "\u008b\u00ff\u00ff\u00ff\u007f. | a number of 2147483647 bytes",
                "}}K%1s. | other keys than texts and numbers",
                "}. | has no state dict",
                "I12x~. | a number that is none",
                "?. | has the step 0x3f at byte",
                "K%1b. | takes a value where there is none"
            })
    @ParameterizedTest
    void hostilePickles(String steps, String problem) {
        var bytes = steps.replace('~', '\n')
                .replace("%4", "\4\0\0\0")
                .replace("%0", "\0")
                .replace("%1", "\1");

        assertThatThrownBy(() -> read(hostile(bytes.strip())))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining(problem);
    }

    /// Each of these steps makes a value, or a reference to one, of one byte.
    @ParameterizedTest
    @ValueSource(strings = {"2", "N", "}", "(", "]"})
    void longPicklesAreRefused(String step) {
        assertThatThrownBy(() -> read(hostile("N" + step.repeat(3_000_000) + ".")))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("more than 1000000 steps");
    }

    @Test
    void hugeCountsAreRefused() {
        for (var count : List.of(Integer.MAX_VALUE, -1)) {
            var bytes = TorchFiles.legacy(
                    "\u0080\u0002}.".getBytes(StandardCharsets.ISO_8859_1), Map.of("0", new byte[4]), List.of(count));
            assertThatThrownBy(() -> read(bytes)).hasMessageContaining("lists a storage that no tensor needs");
        }
    }

    @Test
    void tensorsStayInTheirStorage() throws IOException {
        var bytes = TorchFiles.legacy(tensors());
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        int shape = text.indexOf("Q", text.indexOf("_rebuild_tensor_v2")) + 4;
        bytes[shape + 3] = 0x7f; // the first dimension of the first tensor

        assertThatThrownBy(() -> read(bytes)).hasMessageContaining("does not lie in its storage");
    }

    @Test
    void programsAndOtherPicklesAreNamed() throws IOException {
        var script = TorchFiles.zip(Map.of("m/data.pkl", new byte[0], "m/constants.pkl", new byte[0]));
        assertThatThrownBy(() -> read(script)).hasMessageContaining("is a TorchScript program");

        var other = "\u0080\u0004}.".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(other)).hasMessageContaining("is a pickle that PyTorch did not save");

        var cut = TorchFiles.archive(tensors(), TorchFiles.Storage.FLOAT, false);
        assertThatThrownBy(() -> read(Arrays.copyOf(cut, cut.length / 2))).hasMessageContaining("damaged archive");
    }
}
