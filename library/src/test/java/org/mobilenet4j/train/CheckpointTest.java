package org.mobilenet4j.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.model.file.Safetensors;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// Checkpoints whose parts do not fit each other.
class CheckpointTest {
    @TempDir
    private Path folder;

    private void refused(Map<String, String> metadata, Map<String, Tensor> tensors, String problem) throws IOException {
        var file = Files.write(
                folder.resolve("hurt"), CheckpointFuzzTest.seeds().findFirst().orElseThrow());
        var whole = Safetensors.read(file);
        var texts = new LinkedHashMap<>(whole.metadata());
        texts.putAll(metadata);
        var arrays = new LinkedHashMap<>(whole.tensors());
        arrays.putAll(tensors);
        var changed = folder.resolve("changed");
        new Safetensors(texts, arrays).write(changed, ElementType.FLOAT32);
        assertThatThrownBy(() -> Checkpoint.read(changed, CheckpointFuzzTest.state(), CheckpointFuzzTest.identity()))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith(changed + ": ")
                .hasMessageContaining(problem)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "epoch| 2| says that 2 epochs are done, but its history has 1",
                "epoch| 4294967297| says that 4294967297 epochs are done",
                "history| 2,1,1,1,1,1,1| has epoch 2 at position 1",
                "step| -1| its epoch is at step -1",
                "step| 4294967296| its epoch is at step 4294967296",
                "stepsInAll| -1| steps are counted from 0",
                "seen| many| many",
            })
    void numbersThatAreNot(String name, String value, String problem) throws IOException {
        refused(Map.of(name, value), Map.of(), problem);
    }

    /// Whose statistics started from no photo, and whose accuracies are those of other models.
    @Test
    void thoseOfAnOlderTrainerAreRefused() throws IOException {
        refused(Map.of("trainer", "1"), Map.of(), "was written by another version");
    }

    @Test
    void valuesWhereNoneOrOthersBelong() throws IOException {
        refused(Map.of(), Map.of("values", Tensor.of(new float[] {1}, 1)), "it does not have the ");
    }

    @Test
    void textsAreQuotedOnOneLine() throws IOException {
        refused(Map.of("of.network", "a\n\u001b[31m"), Map.of(), "the network a??[31m, not small");
        refused(Map.of("seen", "a\nb"), Map.of(), "damaged checkpoint");
    }
}
