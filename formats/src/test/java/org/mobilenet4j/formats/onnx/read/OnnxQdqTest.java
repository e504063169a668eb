package org.mobilenet4j.formats.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mobilenet4j.formats.OnnxBuilder.number;
import static org.mobilenet4j.formats.OnnxBuilder.numbers;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.OnnxAgreement;
import org.mobilenet4j.formats.OnnxOracle;
import org.mobilenet4j.formats.QdqGraph;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.ElementType;

/// Quantized graphs as other programs write them.
class OnnxQdqTest {
    private static final Path NAME = Path.of("some.onnx");

    private static Model read(byte[] file) throws IOException {
        return OnnxReader.read(NAME, file);
    }

    /// Fails unless ONNX Runtime's outputs are ours, up to `steps` of the output's scale.
    private static void agrees(byte[] file, int steps) throws IOException, OrtException {
        var model = read(file);
        var map = model.quantization()
                .orElseThrow()
                .of(model.network(), model.network().nodes().getLast());
        var ours = OnnxAgreement.run(model, 2);
        try (var oracle = OnnxOracle.open(file, model.network())) {
            var theirs = oracle.run(OnnxAgreement.images(model.network(), 2), 2);
            assertThat(theirs).hasSameSizeAs(ours);
            for (int i = 0; i < ours.length; i++) {
                assertThat(Math.round(Math.abs(theirs[i] - ours[i]) / map.scale()))
                        .as("output %d: %s and %s", i, ours[i], theirs[i])
                        .isLessThanOrEqualTo(steps);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {QdqGraph.UINT8, QdqGraph.INT8})
    void allOperatorsAgreeWithOnnxRuntime(int type) throws IOException, OrtException {
        var file = QdqGraph.bytes(type);

        agrees(file, 2);
        assertThat(read(file).quantization().orElseThrow().layers()).hasSizeGreaterThanOrEqualTo(9);
    }

    @Test
    void aRangeFromZeroOnStandsForReluInFloatsToo() throws IOException {
        var nodes = read(QdqGraph.bytes()).network().nodes();
        assertThat(nodes.get(1).layer()).isEqualTo(Activation.relu("conv1_relu"));
    }

    /// Training with rounded weights leaves these as floats, and biases too.
    @Test
    void weightsAreRoundedWhereTheGraphRoundsThem() throws IOException, OrtException {
        var q = new QdqGraph(QdqGraph.INT8);
        var x = q.stored(q.b.input(-1, 3, 6, 6), 1 / 64f, 0);
        var zeros = q.zeros(4);
        var scales = q.scale(0.01f, 0.008f, 0.009f, 0.012f);
        var rounded =
                q.b.node("QuantizeLinear", List.of(q.b.floats("w", 4, 3, 3, 3), scales, zeros), number("axis", 0));
        var kernel = q.b.node("DequantizeLinear", List.of(rounded, scales, zeros), number("axis", 0));
        var y = q.b.node("Conv", List.of(x, kernel, q.b.floats("bias", 4)));
        var file = q.b.build(q.stored(y, 0.05f, -7));

        agrees(file, 1);
        assertThat(read(file).weights().get("conv1/bias").type()).isEqualTo(ElementType.INT32);
    }

    @Test
    void weightsAloneBecomeFloats() throws IOException, OrtException {
        var q = new QdqGraph(QdqGraph.UINT8);
        var x = q.b.node("Conv", List.of(q.b.input(-1, 3, 6, 6), q.kernel(0, 4, 3, 3, 3)));
        x = q.b.node("Flatten", q.b.node("GlobalAveragePool", q.b.node("Relu", x)));
        var file = q.b.build(q.b.node("MatMul", List.of(x, q.kernel(1, 4, 5))));
        var model = read(file);

        assertThat(model.quantization()).isEmpty();
        assertThat(model.weights().tensors().values()).allMatch(tensor -> tensor.type() == ElementType.FLOAT32);
        OnnxAgreement.agrees(file, model, 2);
    }

    @Test
    void inputsMayComeAsStoredNumbersAndBeMoved() throws IOException {
        var q = new QdqGraph(QdqGraph.UINT8);
        var x = q.real(q.b.node("Transpose", q.b.input(-1, 6, 6, 3), numbers("perm", 0, 3, 1, 2)), 1 / 64f, 100);
        var file = q.b.build(q.whole(q.conv(x, 1 / 64f, 4, 3, 1), 0.03f, 90));
        var proto = ModelProto.parseFrom(file).toBuilder();
        proto.getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(QdqGraph.UINT8);

        var model = read(proto.build().toByteArray());

        var maps = model.quantization().orElseThrow();
        assertThat(maps.input()).isEqualTo(new ActivationQuantization(ElementType.UINT8, 1 / 64f, 100));
        assertThat(maps.layers()).containsEntry("conv1", new ActivationQuantization(ElementType.UINT8, 0.03f, 90));
        // A photo's bytes, as they are: black is the number 0, which stands for -100 / 64.
        var normalization = model.preprocessing().normalization();
        assertThat(-normalization.mean().getFirst() / normalization.std().getFirst())
                .isCloseTo(-100 / 64f, within(1e-6f));
        assertThat(normalization.std().getFirst()).isEqualTo(64 / 255f);
    }

    private static void refused(BiFunction<QdqGraph, String, String> operators, String... parts) {
        var q = new QdqGraph(QdqGraph.UINT8);
        var file = q.b.build(operators.apply(q, q.b.input(-1, 3, 6, 6)));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(BadFileException.class)
                .message()
                .doesNotContain("\n")
                .contains(parts);
    }

    @Test
    void whatMixesFloatsAndIntegersIsNamed() {
        refused(
                (q, x) -> q.stored(q.b.node("Relu", q.conv(x, 1, 4, 3, 1)), 1, 0),
                "Conv \"/Conv_2\"",
                "computes with floats in a quantized network");
        refused(
                (q, x) -> q.conv(q.stored(x, 1, 0), 1, 4, 3, 1),
                "the layer conv1 of the quantized network some has no scale");
        refused(
                (q, x) -> q.stored(q.b.node("Conv", List.of(q.stored(x, 1, 0), q.b.floats("w", 2, 3, 1, 1))), 1, 0),
                "the tensor conv1/kernel of the quantized network some is FLOAT32");
        refused((q, x) -> q.b.node("Relu", q.whole(x, 1, 0)), "Relu", "computes with quantized values");
        refused((q, x) -> q.stored(q.b.node("Relu", x), 1, 0), "but not its input");
        refused((q, x) -> q.stored(q.real(x, 1, 0), 1, 0), "it reads a float feature map");
    }

    @Test
    void scalesThatDoNotFitAreNamed() {
        refused((q, x) -> q.real(q.whole(x, 1, 0), 2, 0), "reads as uint8, scale 2.0", "quantized as uint8, scale 1.0");
        refused(
                (q, x) -> q.stored(q.b.node("AveragePool", q.stored(x, 1, 0), numbers("kernel_shape", 2, 2)), 2, 0),
                "AveragePool",
                "another scale than its input's");
        refused((q, x) -> q.stored(x, 0, 0), "QuantizeLinear", "must be positive and finite, not 0.0");
        refused((q, x) -> q.stored(x, Float.NaN, 0), "QuantizeLinear", "NaN");
        refused((q, x) -> q.b.node("QuantizeLinear", List.of(x, q.scale(1, 2, 3))), "3 scales for a feature map");
        refused(
                (q, x) -> q.b.node("QuantizeLinear", List.of(x, q.scale(1), q.zeros(3))),
                "3 zero points for a feature map");
        refused(
                (q, x) -> q.b.node("QuantizeLinear", List.of(x, q.scale(1), q.b.whole("z", 0))),
                "the tensor \"z\" is of type INT64");
        refused(
                (q, x) -> q.stored(q.b.node("Conv", List.of(q.stored(x, 1, 0), q.kernel(1, 3, 3, 1, 1))), 1, 0),
                "its kernel has scales along dimension 1",
                "(dimension 0)");
        refused(
                (q, x) -> q.b.node("DequantizeLinear", List.of(q.zeros(4), q.scale(1, 2, 3)), number("axis", 0)),
                "it has 3 scales");
    }
}
