package org.mobilenet4j.formats.tflite.write;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.formats.IntegerRun;
import org.mobilenet4j.formats.QuantizedModels;
import org.mobilenet4j.formats.QuantizedTensors.Scheme;
import org.mobilenet4j.formats.TfliteOracle;
import org.mobilenet4j.formats.tflite.read.TfliteFile;
import org.mobilenet4j.formats.tflite.read.TfliteReader;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;
import org.tensorflow.lite.schema.TensorType;

class QuantizedWriterTest {
    private static final Shape INPUT = new Shape(6, 6, 3);
    private static final Layer CONV = Conv.pointwise("conv", 4).withBias();

    @TempDir
    private Path folder;

    private static Model model(Scheme scheme, Layer... layers) {
        return QuantizedModels.of(new Network("test", INPUT, Sequence.of(layers)), scheme, 3);
    }

    private Path write(Model model) throws IOException {
        var file = folder.resolve("model.tflite");
        TfliteWriter.write(model, file, ElementType.FLOAT16); // which there is nothing for
        return file;
    }

    private TfliteFile tables(Model model) throws IOException {
        var file = write(model);
        return TfliteFile.parse(file, MemorySegment.ofArray(Files.readAllBytes(file)));
    }

    /// `model` with another map behind a layer, and another tensor.
    private static Model with(Model model, String layer, ActivationQuantization map, String name, Tensor tensor) {
        var maps = model.quantization().orElseThrow();
        var layers = new LinkedHashMap<>(maps.layers());
        layers.put(layer, map);
        var weights = new LinkedHashMap<>(model.weights().tensors());
        weights.put(name, tensor);
        return new Model(
                model.network(),
                new Weights(weights),
                List.of(),
                model.preprocessing(),
                Map.of(),
                Optional.of(new NetworkQuantization(maps.input(), layers)));
    }

    private static Model withKernel(Model model, ElementType type, float[] scales, int... zeroPoints) {
        var kernel = model.weights().get("conv/kernel");
        var scaled = Tensor.of(kernel.bytes(), type, kernel.dims(), Quantization.perChannel(scales, zeroPoints));
        var map = requireNonNull(model.quantization().orElseThrow().layers().get("conv"));
        return with(model, "conv", map, "conv/kernel", scaled);
    }

    private void refused(Model model, String... parts) {
        assertThatThrownBy(() -> write(model))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts)
                .hasMessageContaining("cannot be written as TFLite")
                .message()
                .doesNotContain("\n");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void tensorsSayWhatTheirNumbersStandFor() throws IOException {
        var model = model(Scheme.INT8_PER_CHANNEL, CONV, Activation.relu6("relu"));
        var tables = tables(model);
        var conv = tables.operators().getFirst();
        var kernel = tables.tensors().get(conv.input(1));
        var bias = tables.tensors().get(conv.input(2));
        var scales = model.weights().get("conv/kernel").quantization().orElseThrow();

        assertThat(conv.options().fused()).isEqualTo("RELU6");
        assertThat(tables.tensors().get(tables.input()).stored())
                .isEqualTo(model.quantization().orElseThrow().input());
        assertThat(tables.tensors().get(tables.output()).stored())
                .isEqualTo(model.quantization().orElseThrow().layers().get("relu"));
        assertThat(kernel.type()).isEqualTo(TensorType.INT8);
        assertThat(kernel.weights(0).quantization()).contains(scales);
        assertThat(bias.type()).isEqualTo(TensorType.INT32);
        assertThat(bias.weights(0).quantization())
                .isEqualTo(model.weights().get("conv/bias").quantization());
    }

    @Test
    void zerosStandForABiasThatIsMissing() throws IOException {
        var model = model(Scheme.INT8, Conv.pointwise("conv", 4));
        var tables = tables(model);
        var bias = tables.tensors().get(tables.operators().getFirst().input(2)).weights(0);
        float kernelScale =
                model.weights().get("conv/kernel").quantization().orElseThrow().scale(0);

        assertThat(bias.toArray()).containsOnly(0).hasSize(4);
        assertThat(bias.quantization().orElseThrow().scale(0)).isEqualTo(kernelScale * (1 / 127.5f));
    }

    @Test
    void labelsAndNormalizationComeBack() throws IOException {
        var mean = List.of(0.25f, 0.5f, 0.75f);
        var preprocessing = new Preprocessing(
                Preprocessing.TF_SLIM.crop(), Preprocessing.TF_SLIM.resize(), new Normalization(mean, mean));
        var model = model(Scheme.UINT8, CONV)
                .withLabels(List.of("a", "b", "c", "d"))
                .withPreprocessing(preprocessing);

        var back = TfliteReader.read(write(model));

        assertThat(back.labels()).isEqualTo(model.labels());
        assertThat(back.preprocessing()).isEqualTo(preprocessing);
    }

    @Test
    void maximaAndTheirActivationAreOneOperatorInOneScale() throws IOException {
        var model =
                model(Scheme.INT8, CONV, Pool.max("max", Window.square(2, 2, Padding.VALID)), Activation.relu("relu"));
        var maps = model.quantization().orElseThrow();
        var same = with(
                model,
                "relu",
                requireNonNull(maps.layers().get("conv")),
                "conv/bias",
                model.weights().get("conv/bias"));
        var input = new byte[INPUT.elements()];
        new Random(1).nextBytes(input);

        var operators = tables(same).operators();

        assertThat(operators).hasSize(2);
        assertThat(operators.getLast().options().fused()).isEqualTo("RELU");
        var options = SessionOptions.DEFAULT;
        var expected = IntegerRun.run(same, input, options);
        assertThat(IntegerRun.run(TfliteReader.read(write(same)), input, options))
                .containsExactly(expected);
        assertThat(new TfliteOracle(write(same), false).run(input)).containsExactly(expected);
    }

    @Test
    void layersOfFloatsOnlyAreRefused() {
        refused(
                model(Scheme.INT8, CONV, new LocalResponseNorm("lrn", 3, 0.5, 0.75, 2)),
                "lrn",
                "quantized local response normalization");
        var model = model(Scheme.INT8, CONV);
        var network = new Network("test", INPUT, Sequence.of(CONV, new BatchNorm("bn")));
        var weights = new LinkedHashMap<>(model.weights().tensors());
        for (var name : List.of("gamma", "beta", "moving_mean", "moving_variance")) {
            weights.put("bn/" + name, bytes(ElementType.INT8, 4));
        }
        var maps = model.quantization().orElseThrow();
        var layers = new LinkedHashMap<>(maps.layers());
        layers.put("bn", maps.layers().get("conv"));
        refused(
                new Model(
                        network,
                        new Weights(weights),
                        List.of(),
                        Preprocessing.TF_SLIM,
                        Map.of(),
                        Optional.of(new NetworkQuantization(maps.input(), layers))),
                "bn",
                "quantized batch normalization");
    }

    private static Tensor bytes(ElementType type, int size) {
        return Tensor.of(MemorySegment.ofArray(new byte[size]), type, List.of(size), Quantization.of(1, 0));
    }

    @Test
    void joinsThatTfliteDoesNotMakeAreRefused() {
        var identity = Sequence.identity();
        refused(
                model(Scheme.INT8, new Parallel("three", Parallel.Join.ADD, List.of(identity, identity, identity))),
                "three",
                "takes 3 quantized feature maps",
                "TFLite takes two");
        refused(
                model(Scheme.INT8, new Parallel("join", Parallel.Join.CONCATENATE, List.of(identity, CONV))),
                "join",
                "several scales");
    }

    @Test
    void kernelsThatTfliteReadsAsSomethingElseAreRefused() {
        var int8 = model(Scheme.INT8, CONV);
        var uint8 = model(Scheme.UINT8, CONV);
        refused(withKernel(int8, ElementType.UINT8, new float[] {1}, 0), "conv", "UINT8", "needs INT8");
        refused(withKernel(int8, ElementType.INT8, new float[] {1}, 5), "zero points other than 0");
        refused(withKernel(int8, ElementType.INT8, new float[] {1, 2}, 0, 0), "2 scales", "each of 4 channels");
        refused(withKernel(uint8, ElementType.UINT8, new float[] {1, 2, 3, 4}, 1, 1, 1, 1), "4 scales", "UINT8");
    }

    @Test
    void mapsOfTwoTypesAreRefused() {
        var model = model(Scheme.INT8, CONV);
        var map = new ActivationQuantization(ElementType.UINT8, 0.1f, 3);
        refused(
                with(model, "conv", map, "conv/bias", model.weights().get("conv/bias")),
                "output is UINT8",
                "input INT8");
    }
}
