package org.mobilenet4j.formats.tflite.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.formats.Agreement;
import org.mobilenet4j.formats.IntegerRun;
import org.mobilenet4j.formats.QuantizedModels;
import org.mobilenet4j.formats.QuantizedNetworks;
import org.mobilenet4j.formats.QuantizedTensors.Scheme;
import org.mobilenet4j.formats.SharedFiles;
import org.mobilenet4j.formats.TfliteBuilder;
import org.mobilenet4j.formats.TfliteOracle;
import org.mobilenet4j.formats.tflite.write.TfliteWriter;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.TensorType;

/// Quantized models give the same integers when they are written to TFLite: in TensorFlow Lite itself, by its own
/// kernels, and when the file is read again.
class QuantizedRoundTripTest {
    @TempDir
    private Path folder;

    private static byte[] run(Model model, byte[] input) {
        return IntegerRun.run(model, input, SessionOptions.DEFAULT);
    }

    private static byte[] golden(String path) throws IOException {
        return Files.readAllBytes(SharedFiles.model("imagenet/goldens/quantized/" + path));
    }

    private Path write(Model model) throws IOException {
        var file = folder.resolve("written.tflite");
        TfliteWriter.write(model, file, ElementType.FLOAT32);
        return file;
    }

    /// Writes `model`, and checks that the file makes `expected` of `input` here and there.
    private Path assertMakes(Model model, byte[] input, byte[] expected, String what) throws IOException {
        var file = write(model);
        assertThat(new TfliteOracle(file, false).run(input))
                .as("TFLite: " + what)
                .containsExactly(expected);
        assertThat(run(TfliteReader.read(file), input))
                .as("read again: " + what)
                .containsExactly(expected);
        return file;
    }

    private static List<String> operators(Path file) throws IOException {
        return TfliteFile.parse(file, MemorySegment.ofArray(Files.readAllBytes(file))).operators().stream()
                .map(TfliteOperator::kind)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"0.25, 128", "0.5, 160", "0.75, 192"})
    void publishedNetworksAnswerAsBefore(String alpha, String resolution) throws IOException {
        var name = alpha + "_" + resolution;
        var original = SharedFiles.model("imagenet/mobilenet_v1_" + name + "_quant.tflite");
        var model = TfliteReader.read(original);
        for (var photo : List.of("banana", "cup")) {
            var input = golden(photo + "_" + resolution + ".input");
            var file = assertMakes(model, input, golden(photo + "_" + name + ".output"), photo);

            assertThat(operators(file)).containsExactlyInAnyOrderElementsOf(operators(original));
            assertThat(Files.size(file)).isLessThan(Files.size(original) * 11 / 10);
            var back = TfliteReader.read(file);
            assertThat(back.quantization()).isEqualTo(model.quantization());
            assertThat(back.network().body()).isEqualTo(model.network().body());
            assertThat(back.labels()).isEqualTo(model.labels());
        }
    }

    @Test
    void visualWakeWordsAnswersAsBefore() throws IOException {
        for (var name : List.of("vww_96_int8.tflite", "person_detect.tflite")) {
            var model = TfliteReader.read(SharedFiles.model("visual-wake-words/" + name));
            var random = new Random(4);
            for (int i = 0; i < 5; i++) {
                var input = new byte[model.network().input().elements()];
                int length = random.nextInt(1, 60);
                for (int p = 0; p < input.length; p++) {
                    input[p] = (byte) (120 * Math.sin((double) p / length + i) + random.nextInt(8));
                }
                assertMakes(model, input, run(model, input), name);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void networksAtRandomAnswerAsBefore(Scheme scheme) throws IOException {
        for (int seed = 0; seed < 50; seed++) {
            var sample = QuantizedNetworks.of(scheme, 5_000 + seed);
            var original = Files.write(folder.resolve("original.tflite"), sample.file());
            var expected = new TfliteOracle(original, false).run(sample.input());

            assertMakes(
                    TfliteReader.read(original),
                    sample.input(),
                    expected,
                    "seed " + seed + ", " + sample.description());
        }
    }

    @ParameterizedTest
    @CsvSource({"0.25, 128, UINT8", "0.25, 128, INT8_PER_CHANNEL", "1.0, 224, UINT8", "1.0, 224, INT8_PER_CHANNEL"})
    void mobileNets(double alpha, int resolution, Scheme scheme) throws IOException {
        var network = MobileNetV1.of(alpha, resolution, 1001).network();
        var folded = FoldedModel.of(new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM))
                .network();
        // Without softmax, which makes a thousand zeros of a thousand scores at random.
        var layers = ((Sequence) folded.body()).layers();
        var scores = new Network("scores", folded.input(), new Sequence("", layers.subList(0, layers.size() - 1)));
        var model = QuantizedModels.of(scores, scheme, 7);
        var input = new byte[folded.input().elements()];
        new Random(8).nextBytes(input);
        var expected = run(model, input);

        // Equal numbers would agree whatever is computed.
        assertThat(new String(expected, StandardCharsets.ISO_8859_1).chars().distinct())
                .hasSizeGreaterThan(30);
        assertMakes(model, input, expected, scheme + " " + alpha);
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void layersThatTfliteMakesOfSeveralOperators(Scheme scheme) throws IOException {
        var same = Window.square(3, 1, Padding.SAME);
        var body = Sequence.of(
                new Conv("grouped", 8, Window.square(3, 2, Padding.SYMMETRIC), 2, false),
                Activation.relu6("grouped_relu"),
                new ChannelShuffle("shuffle", 2),
                new ZeroPad("pad", new Padding.Explicit(1, 0, 2, 1)),
                new Parallel(
                        "add",
                        Parallel.Join.ADD,
                        List.of(
                                Sequence.identity(),
                                DepthwiseConv.of("dw", same).withBias())),
                Activation.relu("add_relu"),
                new Dropout("dropout", 0.5),
                Conv.pointwise("conv", 12),
                Pool.average("average", Window.square(2, 1, Padding.VALID)),
                new GlobalAveragePool("mean"),
                new Dropout("dropout2", 0.5),
                new Flatten("flatten"),
                Dense.of("dense", 9),
                new Softmax("softmax"));
        var network = new Network("odd", new Shape(14, 12, 4), body);
        for (int seed = 0; seed < 10; seed++) {
            var model = QuantizedModels.of(network, scheme, seed);
            var input = new byte[network.input().elements()];
            new Random(seed).nextBytes(input);
            var file = write(model);

            assertThat(new TfliteOracle(file, false).run(input))
                    .as("seed " + seed)
                    .containsExactly(run(model, input));
            assertThat(operators(file))
                    .containsExactly(
                            "PAD",
                            "CONV_2D",
                            "RESHAPE",
                            "TRANSPOSE",
                            "RESHAPE",
                            "PAD",
                            "DEPTHWISE_CONV_2D",
                            "ADD",
                            "CONV_2D",
                            "AVERAGE_POOL_2D",
                            "MEAN",
                            "FULLY_CONNECTED",
                            "SOFTMAX");
        }
    }

    @Test
    void paddedMaximaAreThoseOfTheMap() throws IOException {
        for (var scheme : Scheme.values()) {
            var body = Sequence.of(Pool.max("max", Window.square(3, 2, Padding.SYMMETRIC)), Activation.relu("relu"));
            var network = new Network("maxima", new Shape(8, 8, 3), body);
            var model = QuantizedModels.of(network, scheme, 1);
            var input = new byte[network.input().elements()];
            new Random(2).nextBytes(input);
            var file = write(model);

            assertThat(operators(file)).as("of another scale").containsExactly("PADV2", "MAX_POOL_2D", "RELU");
            assertThat(new TfliteOracle(file, false).run(input)).containsExactly(run(model, input));
        }
    }

    @Test
    void bytesOfANetworkOfFloatsStayBytes() throws IOException {
        var builder = new TfliteBuilder();
        int input = builder.map("input", 1, 4, 4, 3);
        int between = builder.map("between", 1, 4, 4, 2);
        int output = builder.map("output", 1, 4, 4, 4);
        var kernel = builder.tensor("kernel", TensorType.INT8, new byte[] {1, -2, 3, 4, 5, -6}, 2, 1, 1, 3);
        builder.quantize(kernel, new float[] {0.5f, 0.25f}, new long[2], 0);
        var depthwise = builder.tensor("depthwise", TensorType.UINT8, new byte[] {1, -2, 3, -4}, 1, 1, 1, 4);
        builder.quantize(depthwise, new float[] {0.125f}, new long[] {100}, 0);
        int same = org.tensorflow.lite.schema.Padding.SAME;
        builder.conv(input, kernel, -1, between, same, 1, 1, ActivationFunctionType.NONE);
        builder.depthwise(between, depthwise, -1, output, same, 1, ActivationFunctionType.NONE, 2);
        var original = Files.write(folder.resolve("bytes.tflite"), builder.build(input, output));
        var model = TfliteReader.read(original);
        var file = write(model);

        var back = TfliteReader.read(file);
        assertThat(back.weights().get("conv1/kernel").type()).isEqualTo(ElementType.INT8);
        Agreement.assertSame(back, model, 0);
        var image = new float[48];
        for (int i = 0; i < image.length; i++) {
            image[i] = (i * 7 % 31) / 16f;
        }
        assertThat(new TfliteOracle(file, false).run(image))
                .containsExactly(Agreement.run(model, image), within(1e-5f));
    }
}
