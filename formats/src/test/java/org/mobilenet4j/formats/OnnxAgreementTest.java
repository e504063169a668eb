package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;

/// Our results and ONNX Runtime's, for the same network, weights and images.
class OnnxAgreementTest {
    private static final float TOLERANCE = 1e-5f;

    /// Of the largest output; measured are up to 4e-6.
    private static final float RELATIVE_TOLERANCE = 5e-5f;

    private static Arguments named(Network network) {
        return Arguments.of(Named.of(network.toString(), network));
    }

    static Stream<Arguments> mobileNets() {
        var published = Stream.of(1.0, 0.75, 0.5, 0.25)
                .flatMap(alpha -> Stream.of(224, 192, 160, 128).map(size -> MobileNetV1.of(alpha, size, 1001)));
        var odd = MobileNetV1.of(0.25, 128, 1001).withInput(new Shape(97, 131, 3));
        var others = Stream.of(
                odd,
                odd.withPadding(Padding.SYMMETRIC),
                odd.withPadding(new Padding.Explicit(0, 1, 0, 1)),
                odd.withOutputStride(8),
                odd.withVariant(MobileNetV1.Variant.CONV),
                odd.withVariant(MobileNetV1.Variant.SHALLOW));
        return Stream.concat(published, others).map(table -> named(table.network()));
    }

    static Stream<Arguments> others() {
        var same = Window.square(3, 1, Padding.SAME);
        var alexNet = Sequence.of(
                Conv.of("conv1", 16, Window.square(11, 4, Padding.VALID)).withBias(),
                Activation.relu("relu1"),
                LocalResponseNorm.alexNet("norm1"),
                Pool.max("pool1", Window.square(3, 2, Padding.VALID)),
                new Conv("conv2", 32, Window.square(5, 1, Padding.SYMMETRIC), 2, true),
                Activation.relu("relu2"),
                LocalResponseNorm.alexNet("norm2"),
                Pool.max("pool2", Window.square(3, 2, Padding.VALID)),
                new Flatten("flatten"),
                Dense.of("fc6", 64),
                Activation.relu("relu6"),
                new Dropout("dropout", 0.5),
                new Dense("fc7", 10, false),
                new Softmax("predictions"));
        var fire = Sequence.of(
                Conv.pointwise("squeeze", 4).withBias(),
                Activation.relu("squeeze_relu"),
                new Parallel(
                        "expand",
                        Parallel.Join.CONCATENATE,
                        List.of(
                                Conv.pointwise("expand_1", 9).withBias(),
                                Conv.of("expand_3", 7, same).withBias())),
                Pool.average("pool", Window.square(3, 2, Padding.SAME)),
                new GlobalAveragePool("global"));
        var shuffleUnit = Sequence.of(
                new Parallel(
                        "residual",
                        Parallel.Join.ADD,
                        List.of(
                                Sequence.identity(),
                                Sequence.of(
                                        new Conv("in", 12, Window.square(1, 1, Padding.SAME), 3, false),
                                        new BatchNorm("in_bn"),
                                        Activation.relu("in_relu"),
                                        new ChannelShuffle("shuffle", 3),
                                        DepthwiseConv.of("dw", same),
                                        new BatchNorm("dw_bn"),
                                        new Conv("out", 6, Window.square(1, 1, Padding.SAME), 3, false),
                                        new BatchNorm("out_bn")))),
                Activation.relu("after"));
        var odds = Sequence.of(
                new ZeroPad("pad", new Padding.Explicit(2, 0, 1, 3)),
                new DepthwiseConv("dw", new Window(3, 3, 2, 1, Padding.VALID), 3, true),
                new BatchNorm("bn"),
                Activation.relu6("relu"),
                Conv.of("dilated", 5, new Window(3, 2, 1, 2, Padding.SAME)),
                new Parallel(
                        "branches",
                        Parallel.Join.CONCATENATE,
                        List.of(
                                Sequence.identity(),
                                Pool.max("max", same),
                                Sequence.of(Pool.average("average", same), new BatchNorm("alone")))),
                new Softmax("everywhere"));
        return Stream.of(
                named(new Network("AlexNet-like", new Shape(67, 67, 3), alexNet)),
                named(new Network("fire", new Shape(13, 11, 16), fire)),
                named(new Network("shuffle unit", new Shape(9, 8, 6), shuffleUnit)),
                named(new Network("odds", new Shape(14, 17, 5), odds)));
    }

    @ParameterizedTest
    @MethodSource("mobileNets")
    void mobileNetsAgree(Network network) throws OrtException {
        agree(network, 1);
    }

    @ParameterizedTest
    @MethodSource("others")
    void otherLayersAgree(Network network) throws OrtException {
        agree(network, 3);
    }

    private static void agree(Network network, int batch) throws OrtException {
        var weights = Weights.random(network, 2017);
        var random = new SplittableRandom(1704);
        var images = new float[batch * network.input().elements()];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextDouble(-1, 1);
        }
        var model = new Model(network, weights, List.of(), Preprocessing.TF_SLIM);
        try (var oracle = OnnxOracle.open(network, weights)) {
            var expected = oracle.run(images, batch);
            var output = Session.open(model).run(images, batch);

            // By the size of the largest output too: a thousand small probabilities must not agree by being small.
            float largest = 0;
            float error = 0;
            for (int i = 0; i < expected.length; i++) {
                largest = Math.max(largest, Math.abs(expected[i]));
                error = Math.max(error, Math.abs(expected[i] - output[i]));
            }
            assertThat(output).hasSameSizeAs(expected);
            assertThat(largest).isGreaterThan(1.5f / network.output().channels());
            assertThat(error).isLessThan(TOLERANCE * Math.max(largest, 1)).isLessThan(RELATIVE_TOLERANCE * largest);
        }
    }
}
