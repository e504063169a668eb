package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mobilenet4j.formats.TfliteBuilder.counting;

import ai.onnxruntime.OrtException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
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
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// The oracle must say what the layers' documentation says: every kind of layer on values that can be checked by eye.
class OnnxOracleTest {
    private static float[] run(Shape shape, Layer layer, Map<String, Tensor> weights, float... input)
            throws OrtException {
        try (var oracle = OnnxOracle.open(new Network("test", shape, layer), new Weights(weights))) {
            return oracle.run(input, 1);
        }
    }

    private static float[] run(Shape shape, Layer layer, float... input) throws OrtException {
        return run(shape, layer, Map.of(), input);
    }

    private static float[] ones(int count) {
        var values = new float[count];
        Arrays.fill(values, 1);
        return values;
    }

    @Test
    void aMobileNetMakesProbabilitiesForEveryImage() throws OrtException {
        var network =
                MobileNetV1.of(0.25, 32, 10).withInput(new Shape(33, 35, 3)).network();
        var random = new java.util.Random(5);
        var images = new float[2 * network.input().elements()];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextFloat() * 2 - 1;
        }
        try (var oracle = OnnxOracle.open(network, Weights.random(network, 7))) {
            var both = oracle.run(images, 2);
            assertThat(both).hasSize(20);
            for (int image = 0; image < 2; image++) {
                int each = network.input().elements();
                var single = oracle.run(Arrays.copyOfRange(images, image * each, (image + 1) * each), 1);
                assertThat(single)
                        .containsExactly(Arrays.copyOfRange(both, image * 10, image * 10 + 10), within(1e-6f));
                float sum = 0;
                for (float probability : single) {
                    sum += probability;
                }
                assertThat(sum).isCloseTo(1, within(1e-5f));
            }
        }
    }

    @Test
    void convolutionsTakeTheTapOfTheirKernel() throws OrtException {
        // On 4x4 with stride 2, TensorFlow pads below and to the right only: tap (0, 1) reads (0, 1), (0, 3), ...
        var kernel = new float[3 * 3 * 2 * 2];
        kernel[(0 * 3 + 1) * 4 + 0 * 2 + 1] = 1; // tap (0, 1), input 0 to output 1
        kernel[(0 * 3 + 1) * 4 + 1 * 2 + 0] = 10; // tap (0, 1), input 1 to output 0
        var conv = Conv.of("c", 2, Window.square(3, 2, Padding.SAME)).withBias();

        var output = run(
                new Shape(4, 4, 2),
                conv,
                Map.of(
                        "c/kernel", Tensor.of(kernel, 3, 3, 2, 2),
                        "c/bias", Tensor.of(new float[] {0.5f, 0.25f}, 2)),
                counting(32));

        assertThat(output).containsExactly(30.5f, 2.25f, 70.5f, 6.25f, 190.5f, 18.25f, 230.5f, 22.25f);
    }

    @Test
    void groupsSeeTheirShareOfTheChannels() throws OrtException {
        var kernel = Tensor.of(new float[] {1, 10, 100, 1000}, 1, 1, 1, 4);
        var conv = new Conv("c", 4, Window.square(1, 1, Padding.SAME), 2, false);

        assertThat(run(new Shape(1, 1, 2), conv, Map.of("c/kernel", kernel), 2, 3))
                .containsExactly(2, 20, 300, 3000);
    }

    @Test
    void dilatedDepthwiseConvolutionsKeepChannelsApart() throws OrtException {
        var kernel = new float[9 * 2 * 2];
        kernel[8 * 4] = 1; // last tap, channel 0, first of its outputs
        kernel[8 * 4 + 3] = 2; // last tap, channel 1, second of its outputs
        var conv = new DepthwiseConv("d", new Window(3, 3, 1, 2, Padding.VALID), 2, false);

        assertThat(run(
                        new Shape(5, 5, 2),
                        conv,
                        Map.of("d/depthwise_kernel", Tensor.of(kernel, 3, 3, 2, 2)),
                        counting(50)))
                .containsExactly(48, 0, 0, 98);
    }

    @Test
    void denseLayersMultiplyFromTheLeft() throws OrtException {
        var weights = Map.of(
                "d/kernel", Tensor.of(new float[] {1, 2, 3, 10, 20, 30}, 2, 3),
                "d/bias", Tensor.of(new float[] {0.5f, 0, 0}, 3));

        assertThat(run(Shape.vector(2), Dense.of("d", 3), weights, 1, 2)).containsExactly(21.5f, 42, 63);
    }

    @Test
    void orderOfValuesIsOurs() throws OrtException {
        assertThat(run(new Shape(2, 3, 2), Sequence.identity(), counting(12))).isEqualTo(counting(12));
        assertThat(run(new Shape(2, 3, 2), new Flatten("f"), counting(12))).isEqualTo(counting(12));
        assertThat(run(new Shape(2, 3, 2), new Dropout("d", 0.5), counting(12))).isEqualTo(counting(12));
        assertThat(run(Shape.vector(6), new ChannelShuffle("s", 2), counting(6)))
                .containsExactly(0, 3, 1, 4, 2, 5);
        assertThat(run(new Shape(1, 1, 2), new ZeroPad("z", new Padding.Explicit(0, 1, 1, 0)), 3, 4))
                .containsExactly(0, 0, 3, 4, 0, 0, 0, 0);
    }

    @Test
    void poolingSkipsWhatLiesOutside() throws OrtException {
        var window = Window.square(3, 1, Padding.SAME);

        assertThat(run(new Shape(3, 3, 1), Pool.average("p", window), ones(9))).isEqualTo(ones(9));
        assertThat(run(new Shape(1, 3, 1), Pool.max("p", window), -3, -2, -1)).containsExactly(-2, -1, -1);
        assertThat(run(new Shape(2, 2, 1), new GlobalAveragePool("g"), 1, 2, 3, 6))
                .containsExactly(3);
    }

    @Test
    void elementwiseLayers() throws OrtException {
        assertThat(run(Shape.vector(3), Activation.relu("r"), -1, 3, 9)).containsExactly(0, 3, 9);
        assertThat(run(Shape.vector(3), Activation.relu6("r"), -1, 3, 9)).containsExactly(0, 3, 6);
        assertThat(run(new Shape(1, 2, 2), new Softmax("s"), 0, 0, 7, 7)).containsExactly(0.5f, 0.5f, 0.5f, 0.5f);
        var norm = Map.of(
                "n/gamma", Tensor.of(new float[] {2}, 1),
                "n/beta", Tensor.of(new float[] {5}, 1),
                "n/moving_mean", Tensor.of(new float[] {1}, 1),
                "n/moving_variance", Tensor.of(new float[] {3.75f}, 1));
        assertThat(run(Shape.vector(1), new BatchNorm("n", 0.25), norm, 9)).containsExactly(13);
        // Neighbors on both sides: (2 + 0.5 / 3 * (1 + 4 + 9)) ^ 2 for the middle one.
        float scale = (2 + 0.5f / 3 * 14) * (2 + 0.5f / 3 * 14);
        assertThat(run(Shape.vector(3), new LocalResponseNorm("l", 3, 0.5, 2, 2), 1, 2, 3)[1])
                .isCloseTo(2 / scale, within(1e-6f));
    }

    @Test
    void branchesAreJoined() throws OrtException {
        var branches = List.<Layer>of(Sequence.identity(), Activation.relu("r"), Activation.relu6("s"));

        assertThat(run(Shape.vector(2), new Parallel("p", Parallel.Join.ADD, branches), -1, 7))
                .containsExactly(-1, 20);
        assertThat(run(Shape.vector(2), new Parallel("p", Parallel.Join.CONCATENATE, branches), -1, 7))
                .containsExactly(-1, 7, 0, 7, 0, 6);
    }
}
