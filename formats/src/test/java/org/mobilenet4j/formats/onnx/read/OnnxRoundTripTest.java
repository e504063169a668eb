package org.mobilenet4j.formats.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.formats.OnnxAgreement;
import org.mobilenet4j.formats.OnnxRandomNetworks;
import org.mobilenet4j.formats.onnx.write.OnnxWriter;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;

/// What is written and read back is the same model, and to ONNX Runtime too.
class OnnxRoundTripTest {
    private static final Path NAME = Path.of("some.onnx");

    private static Model model(Network network) {
        return new Model(network, Weights.random(network, 2017), List.of(), Preprocessing.TF_SLIM);
    }

    private static Model back(Model model) throws IOException {
        return OnnxReader.read(NAME, OnnxWriter.bytes(model, ElementType.FLOAT32));
    }

    private static Network withoutDropout(Network network) {
        var layers = ((Sequence) network.body())
                .layers().stream().filter(layer -> !(layer instanceof Dropout)).toList();
        return new Network(network.name(), network.input(), new Sequence("", layers));
    }

    private static void sameWeights(Model actual, Model expected) {
        assertThat(actual.weights().tensors()).hasSameSizeAs(expected.weights().tensors());
        expected.weights()
                .tensors()
                .forEach((name, tensor) -> assertThat(actual.weights().get(name).toArray())
                        .as(name)
                        .isEqualTo(tensor.toArray()));
    }

    @ParameterizedTest
    @CsvSource({"0.25, 128", "0.5, 160", "0.75, 96", "1.0, 64"})
    void mobileNetsComeBackAsTheyWere(double alpha, int size) throws IOException {
        var model = model(MobileNetV1.of(alpha, size, 1001).network());

        var back = back(model);

        assertThat(back.network()).isEqualTo(withoutDropout(model.network()));
        sameWeights(back, model);
        OnnxAgreement.near(OnnxAgreement.run(back, 1), OnnxAgreement.run(model, 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 0.75, 1.0})
    void foldedMobileNetsAreTheSameEverywhere(double alpha) throws IOException, OrtException {
        var model = model(MobileNetV1.of(alpha, 64, 101).network());
        var folded = FoldedModel.of(model);
        var bytes = OnnxWriter.bytes(folded, ElementType.FLOAT32);

        var back = OnnxReader.read(NAME, bytes);

        assertThat(back.network()).isEqualTo(folded.network());
        sameWeights(back, folded);
        OnnxAgreement.agrees(bytes, model, 2);
    }

    @Test
    void paddingOfAllKindsComesBack() throws IOException {
        var table = MobileNetV1.of(0.25, 64, 10);
        for (var other : List.of(
                table.withPadding(new Padding.Explicit(1, 0, 1, 0)),
                table.withInput(new Shape(97, 130, 3)),
                table.withOutputStride(8),
                table.withVariant(MobileNetV1.Variant.CONV))) {
            var network = other.network();
            assertThat(back(model(network)).network()).isEqualTo(withoutDropout(network));
        }
    }

    @Test
    void labelsPreprocessingAndNotesComeBack(@TempDir Path folder) throws IOException {
        var network = MobileNetV1.of(0.25, 32, 3).network();
        var preprocessing = new Preprocessing(0.9, Resize.HALF_PIXEL, Normalization.IMAGENET);
        var model = new Model(
                network,
                Weights.random(network, 1),
                List.of("a", "b\"é", "c"),
                preprocessing,
                Map.of("source", "drawn by hand"));
        var file = folder.resolve("m.onnx");

        ModelFormats.write(model, file, ElementType.FLOAT32);
        var back = ModelFormats.read(file);

        assertThat(back.labels()).isEqualTo(model.labels());
        assertThat(back.preprocessing()).isEqualTo(preprocessing);
        assertThat(back.notes()).isEqualTo(model.notes());
        assertThat(back.network().name()).isEqualTo(network.name());
    }

    @Test
    void halfPrecisionHalvesTheFile(@TempDir Path folder) throws IOException, OrtException {
        var model = FoldedModel.of(model(MobileNetV1.of(0.25, 32, 1001).network()));
        var full = folder.resolve("full.onnx");
        var half = folder.resolve("half.onnx");

        OnnxWriter.write(model, full, ElementType.FLOAT32);
        OnnxWriter.write(model, half, ElementType.FLOAT16);
        var back = OnnxReader.read(half);

        assertThat((double) Files.size(half) / Files.size(full)).isCloseTo(0.5, within(0.03));
        var kernel = model.weights().get("conv_pw_3/kernel");
        for (int i = 0; i < kernel.size(); i++) {
            float rounded = Float.float16ToFloat(Float.floatToFloat16(kernel.get(i)));
            assertThat(back.weights().get("conv_pw_3/kernel").get(i)).isEqualTo(rounded);
        }
        OnnxAgreement.agrees(Files.readAllBytes(half), back, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void randomNetworksComputeTheSame(boolean folded) throws IOException, OrtException {
        for (long seed = 0; seed < 150; seed++) {
            var network = OnnxRandomNetworks.network(seed);
            var model = model(network);
            var bytes = OnnxWriter.bytes(folded ? FoldedModel.of(model) : model, ElementType.FLOAT32);
            try {
                OnnxAgreement.agrees(bytes, model, 2);
                OnnxAgreement.near(OnnxAgreement.run(OnnxReader.read(NAME, bytes), 2), OnnxAgreement.run(model, 2));
            } catch (AssertionError | IOException | OrtException | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + network.body(), e);
            }
        }
    }
}
