package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Nonlinearity.Curve;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.compress.quantize.Photos;
import org.mobilenet4j.compress.quantize.PostTraining;
import org.mobilenet4j.compress.quantize.QuantizationOptions;
import org.mobilenet4j.compress.quantize.RangeChoice;
import org.mobilenet4j.compress.quantize.WeightScheme;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;

/// What our own quantization makes is computed by TensorFlow Lite to the same integers.
class PostTrainingAgreementTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void needsTheNativeEngine() {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "TensorFlow Lite is here for Linux on x86-64");
    }

    @ParameterizedTest
    @EnumSource(WeightScheme.class)
    void mobileNets(WeightScheme scheme) throws IOException {
        for (long seed = 1; seed <= 3; seed++) {
            check(MobileNetV1.of(0.25, 32 + 16 * (int) seed, 11).network(), scheme, seed);
        }
    }

    @ParameterizedTest
    @EnumSource(WeightScheme.class)
    void joinsAndPools(WeightScheme scheme) throws IOException {
        var same = Window.square(3, 1, Padding.SAME);
        var network = new Network(
                "joins",
                new Shape(14, 11, 3),
                Sequence.of(
                        Conv.of("conv", 8, Window.square(3, 2, Padding.SAME)).withBias(),
                        Activation.relu6("conv_relu"),
                        new Parallel(
                                "join",
                                Parallel.Join.CONCATENATE,
                                List.of(
                                        Pool.average("average", same),
                                        Sequence.of(Conv.pointwise("pw", 8), Activation.relu("pw_relu")))),
                        new Parallel(
                                "add",
                                Parallel.Join.ADD,
                                List.of(
                                        Sequence.identity(),
                                        DepthwiseConv.of("dw", same).withBias())),
                        Activation.relu("add_relu"),
                        Pool.max("max", Window.square(2, 2, Padding.SAME)),
                        new Parallel(
                                "gated",
                                Parallel.Join.MULTIPLY,
                                List.of(
                                        Sequence.identity(),
                                        Sequence.of(Conv.pointwise("gate_pw", 16), new Sigmoid("gate")))),
                        new GlobalAveragePool("pool"),
                        Dense.of("fc", 6),
                        new Softmax("softmax")));
        for (long seed = 1; seed <= 3; seed++) {
            check(network, scheme, seed);
        }
    }

    /// TFLite's own tables and fixed point for each curve that it has, and what a PReLU becomes.
    @ParameterizedTest
    @EnumSource(WeightScheme.class)
    void curves(WeightScheme scheme) throws IOException {
        var curves = List.of(
                new Prelu("slopes"),
                new Nonlinearity("leaky", Curve.LEAKY_RELU, 0.2),
                Nonlinearity.of("elu", Curve.ELU),
                Nonlinearity.of("swish", Curve.HARD_SWISH),
                Nonlinearity.of("tanh", Curve.TANH),
                Nonlinearity.of("gelu", Curve.GELU));
        for (var curve : curves) {
            if (curve.name().equals("elu") && scheme.type() == ElementType.UINT8) {
                continue; // TFLite has none
            }
            var network = new Network(
                    "curved " + curve.name(),
                    new Shape(9, 8, 3),
                    Sequence.of(
                            Conv.of("conv", 8, Window.square(3, 2, Padding.SAME))
                                    .withBias(),
                            curve,
                            Conv.pointwise("pw", 8).withBias(),
                            new GlobalAveragePool("pool"),
                            Dense.of("fc", 6)));
            for (long seed = 1; seed <= 3; seed++) {
                check(network, scheme, seed);
            }
        }
    }

    @Test
    void otherFilesHoldTheSame() throws IOException {
        var network = MobileNetV1.of(0.25, 32, 5).network();
        var file = folder.resolve("network.safetensors");
        var quantized = quantized(network, WeightScheme.PER_CHANNEL, 1);
        ModelFormats.write(quantized, file, ElementType.FLOAT32);
        assertThat(ModelFormats.read(file).quantization()).isEqualTo(quantized.quantization());
        var onnx = folder.resolve("network.onnx");
        ModelFormats.write(quantized, onnx, ElementType.FLOAT32);
        var bytes = bytes(network, new Random(3));
        assertThat(IntegerRun.run(ModelFormats.read(onnx), bytes, SessionOptions.DEFAULT))
                .containsExactly(IntegerRun.run(quantized, bytes, SessionOptions.DEFAULT));
    }

    private void check(Network network, WeightScheme scheme, long seed) throws IOException {
        var quantized = quantized(network, scheme, seed);
        var file = folder.resolve("network.tflite");
        ModelFormats.write(quantized, file, ElementType.FLOAT32);
        var oracle = new TfliteOracle(file, false);
        var random = new Random(seed);
        for (int i = 0; i < 4; i++) {
            var bytes = bytes(network, random);
            assertThat(IntegerRun.run(quantized, bytes, SessionOptions.DEFAULT))
                    .as("%s, %s, seed %s", network, scheme, seed)
                    .containsExactly(oracle.run(bytes));
        }
    }

    private static Model quantized(Network network, WeightScheme scheme, long seed) {
        var model = new Model(network, Weights.random(network, seed), List.of(), Preprocessing.TF_SLIM);
        var random = new Random(seed);
        var photos = new ArrayList<float[]>();
        for (int p = 0; p < 12; p++) {
            var image = new float[network.input().elements()];
            for (int i = 0; i < image.length; i++) {
                image[i] = random.nextFloat(-1, 1);
            }
            photos.add(image);
        }
        var options = new QuantizationOptions(scheme, RangeChoice.MSE, seed % 2 == 0, seed % 2 == 0);
        return PostTraining.of(model, Photos.of(photos), options).quantized();
    }

    private static byte[] bytes(Network network, Random random) {
        var bytes = new byte[network.input().elements()];
        random.nextBytes(bytes);
        return bytes;
    }
}
