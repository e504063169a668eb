package org.mobilenet4j.app.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

class ArithmeticOptionTest {
    @TempDir
    private Path folder;

    /// A convolution to four classes.
    private Path quantized() throws IOException {
        var network = new Network(
                "q",
                new Shape(16, 16, 3),
                Sequence.of(Conv.of("conv", 4, Window.square(3, 2, Padding.SAME)), new GlobalAveragePool("pool")));
        var values = new byte[108];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (i * 37);
        }
        var kernel = Tensor.of(
                MemorySegment.ofArray(values), ElementType.INT8, List.of(3, 3, 3, 4), Quantization.of(0.01f, 0));
        var layers = new LinkedHashMap<String, ActivationQuantization>();
        layers.put("conv", new ActivationQuantization(ElementType.INT8, 0.05f, 3));
        layers.put("pool", new ActivationQuantization(ElementType.INT8, 0.02f, 0));
        var input = new ActivationQuantization(ElementType.INT8, 1 / 127f, 0);
        var model = new Model(
                network,
                new Weights(Map.of("conv/kernel", kernel)),
                List.of(),
                Preprocessing.TF_SLIM,
                Map.of(),
                Optional.of(new NetworkQuantization(input, layers)));
        var file = folder.resolve("q.safetensors");
        ModelFile.write(model, file, ElementType.FLOAT32);
        return file;
    }

    @Test
    void commandsSayWhatTheyComputedWith() throws IOException {
        var model = quantized();
        var photo = Samples.png(folder.resolve("a.png"), 1);

        var integers = Run.of("classify", "--model", model, "--format", "json", photo)
                .json()
                .get(0);
        var floats = Run.of("classify", "--model", model, "--arithmetic", "float", "--format", "json", photo)
                .json()
                .get(0);

        assertThat(integers.get("arithmetic").asString()).isEqualTo("integer");
        assertThat(floats.get("arithmetic").asString()).isEqualTo("float");
        assertThat(integers.get("predictions")).isNotEqualTo(floats.get("predictions"));
        assertThat(Run.of("classify", "--model", model, photo).out()).contains("(integer arithmetic)");
        assertThat(Run.of("benchmark", "--model", model, "--runs", "1", "--format", "json")
                        .json()
                        .get("arithmetic")
                        .asString())
                .isEqualTo("integer");
    }

    @Test
    void inspectShowsTypesAndScales() throws IOException {
        var model = quantized();
        var inspection = Run.of("inspect", model, "--format", "json").json();
        assertThat(inspection.get("stored").get("type").asString()).isEqualTo("INT8");
        assertThat(inspection
                        .get("layers")
                        .get(0)
                        .get("stored")
                        .get("zeroPoint")
                        .asInt())
                .isEqualTo(3);
        assertThat(inspection.get("tensors").get(0).get("type").asString()).isEqualTo("int8");
        assertThat(Run.of("inspect", model, "--all").out())
                .contains("int8, scale 0.05, zero point 3")
                .contains("scale 0.01, zero point 0");
    }

    @Test
    void aModelOfFloatsHasNoIntegers() throws IOException {
        var run = Run.of(
                "classify",
                "--model",
                Samples.model(folder),
                "--arithmetic",
                "integer",
                Samples.png(folder.resolve("a.png"), 1));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .contains("is not quantized")
                .contains("floats");
    }

    @Test
    void otherArithmeticsAreAUsageError() throws IOException {
        var run = Run.of("classify", "--model", quantized(), "--arithmetic", "decimal", "a.png");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("expected integer or float");
    }
}
