package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Nonlinearity.Curve;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;

/// Narrow networks of published families, written to files of graphs: read back as the same network, and computed as
/// ONNX Runtime and TensorFlow Lite compute those files. `docs/families.md` lists these.
class FamiliesTest {
    @TempDir
    private Path folder;

    private final List<Layer> layers = new ArrayList<>();
    private int channels = 3;

    enum Family {
        MOBILENET_V2,
        RESNET,
        SQUEEZENET,
        DENSENET,
        INCEPTION,
        XCEPTION,
        MOBILE_FACE_NET,
        KEYWORDS
    }

    private static Window window(int size, int stride) {
        return Window.square(size, stride, Padding.SAME);
    }

    private Sequence conv(String name, int filters, int size, int stride, Layer... after) {
        var all = new ArrayList<Layer>(
                List.of(Conv.of(name, filters, window(size, stride)), new BatchNorm(name + "_bn")));
        all.addAll(List.of(after));
        return new Sequence("", all);
    }

    /// Expansion, a depthwise convolution and a linear projection, around which the input goes where it fits.
    private void inverted(String name, int filters, int stride, boolean learnsSlopes) {
        Layer first = learnsSlopes ? new Prelu(name + "_slopes1") : Activation.relu6(name + "_relu1");
        Layer second = learnsSlopes ? new Prelu(name + "_slopes2") : Activation.relu6(name + "_relu2");
        var body = Sequence.of(
                conv(name + "_expand", 6 * channels, 1, 1, first),
                DepthwiseConv.of(name + "_dw", window(3, stride)),
                new BatchNorm(name + "_dw_bn"),
                second,
                conv(name + "_project", filters, 1, 1));
        layers.add(
                stride == 1 && filters == channels
                        ? new Parallel(name + "_add", Parallel.Join.ADD, List.of(Sequence.identity(), body))
                        : body);
        channels = filters;
    }

    private void begin(int filters) {
        layers.add(conv("conv1", filters, 3, 2, Activation.relu("relu1")));
        channels = filters;
    }

    private static Parallel join(String name, Parallel.Join join, Layer... branches) {
        return new Parallel(name, join, List.of(branches));
    }

    private void body(Family family) {
        switch (family) {
            case MOBILENET_V2 -> {
                begin(8);
                inverted("b1", 8, 1, false);
                inverted("b2", 12, 2, false);
                inverted("b3", 12, 1, false);
            }
            case RESNET -> {
                begin(8);
                var body = Sequence.of(conv("a", 8, 3, 1, Activation.relu("a_relu")), conv("b", 8, 3, 1));
                layers.add(join("add1", Parallel.Join.ADD, Sequence.identity(), body));
                layers.add(Activation.relu("add1_relu"));
                var down = Sequence.of(conv("c", 16, 3, 2, Activation.relu("c_relu")), conv("d", 16, 3, 1));
                layers.add(join("add2", Parallel.Join.ADD, conv("short", 16, 1, 2), down));
                layers.add(Activation.relu("add2_relu"));
            }
            case SQUEEZENET -> {
                begin(8);
                layers.add(Pool.max("pool1", new Window(3, 3, 2, 1, Padding.VALID)));
                layers.add(conv("squeeze", 4, 1, 1, Activation.relu("squeeze_relu")));
                layers.add(join(
                        "fire",
                        Parallel.Join.CONCATENATE,
                        conv("expand1", 8, 1, 1, Activation.relu("expand1_relu")),
                        conv("expand3", 8, 3, 1, Activation.relu("expand3_relu"))));
            }
            case DENSENET -> {
                begin(8);
                for (int i = 1; i <= 3; i++) {
                    var grown = Sequence.of(
                            new BatchNorm("d" + i + "_bn0"),
                            Activation.relu("d" + i + "_relu0"),
                            conv("d" + i + "_a", 8, 1, 1, Activation.relu("d" + i + "_relu1")),
                            Conv.of("d" + i + "_b", 4, window(3, 1)));
                    layers.add(join("d" + i, Parallel.Join.CONCATENATE, Sequence.identity(), grown));
                }
            }
            case INCEPTION -> {
                begin(8);
                layers.add(join(
                        "mixed",
                        Parallel.Join.CONCATENATE,
                        conv("m1", 4, 1, 1, Activation.relu("m1_relu")),
                        Sequence.of(
                                conv("m2a", 4, 1, 1, Activation.relu("m2a_relu")),
                                Conv.of("m2b", 4, new Window(1, 7, 1, 1, Padding.SAME)),
                                new BatchNorm("m2b_bn"),
                                Activation.relu("m2b_relu")),
                        Sequence.of(
                                Pool.average("m3", new Window(3, 3, 1, 1, Padding.SAME)),
                                conv("m3a", 4, 1, 1, Activation.relu("m3a_relu")))));
            }
            case XCEPTION -> {
                begin(8);
                var body = Sequence.of(
                        Activation.relu("x_relu"),
                        DepthwiseConv.of("x_dw", window(3, 1)),
                        conv("x_pw", 12, 1, 1),
                        Pool.max("x_pool", window(3, 2)));
                layers.add(join("x_add", Parallel.Join.ADD, conv("x_short", 12, 1, 2), body));
            }
            case MOBILE_FACE_NET -> {
                begin(8);
                inverted("f1", 8, 1, true);
                inverted("f2", 12, 2, true);
                layers.add(new Nonlinearity("swish", Curve.HARD_SWISH, 0));
            }
            case KEYWORDS -> {
                layers.add(Conv.of("conv1", 8, new Window(10, 4, 2, 1, 1, Padding.SAME)));
                layers.add(new BatchNorm("conv1_bn"));
                layers.add(Activation.relu("relu1"));
                layers.add(DepthwiseConv.of("dw", window(3, 1)));
                layers.add(new BatchNorm("dw_bn"));
                layers.add(Activation.relu("dw_relu"));
                layers.add(conv("pw", 8, 1, 1, Activation.relu("pw_relu")));
            }
        }
    }

    private Model model(Family family) {
        body(family);
        layers.add(new GlobalAveragePool("pool"));
        layers.add(Dense.of("scores", 5));
        var input = family == Family.KEYWORDS ? new Shape(49, 10, 1) : new Shape(33, 32, 3);
        var network = new Network("family", input, new Sequence("", layers));
        return new Model(network, Weights.random(network, 7), List.of(), Preprocessing.TF_SLIM);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void isReadAndRuns(Family family) throws IOException, OrtException {
        var model = model(family);
        var image = new float[model.network().input().elements()];
        for (int i = 0; i < image.length; i++) {
            image[i] = (i * 37 + 11) % 256 / 127.5f - 1;
        }
        for (var kernels :
                List.of(SessionOptions.DEFAULT, SessionOptions.DEFAULT.withKernels(SessionOptions.Kernels.SCALAR))) {
            var onnx = folder.resolve("family.onnx");
            ModelFormats.write(model, onnx, ElementType.FLOAT32);
            var read = ModelFormats.read(onnx);
            try (var oracle = OnnxOracle.open(Files.readAllBytes(onnx), read.network())) {
                assertClose(Session.open(read, kernels).run(image, 1), oracle.run(image, 1));
            }
            var tflite = folder.resolve("family.tflite");
            ModelFormats.write(model, tflite, ElementType.FLOAT32);
            assertClose(
                    Session.open(ModelFormats.read(tflite), kernels).run(image, 1),
                    new TfliteOracle(tflite, false).run(image));
            assertThat(read.network().output()).isEqualTo(model.network().output());
        }
    }

    private static void assertClose(float[] actual, float[] expected) {
        float largest = 1;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).containsExactly(expected, within(5e-5f * largest));
    }
}
