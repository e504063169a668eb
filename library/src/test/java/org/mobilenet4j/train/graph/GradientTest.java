package org.mobilenet4j.train.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.BilinearResize;
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
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.infer.RandomNetworks;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.train.loss.Loss;
import org.mobilenet4j.train.loss.SoftmaxCrossEntropy;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// Gradients against central differences of a loss computed in double precision.
class GradientTest {
    private static final int BATCH = 3;
    private static final double STEP = 1e-6;
    private static final int SAMPLES = 2;

    /// Of a tensor's largest gradient; a few of thousands of values lie near a bend of an activation.
    private static final double TOLERANCE = 1e-3;

    private static final Loss CROSS = new SoftmaxCrossEntropy(0);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void randomNetworks(long part) {
        for (long seed = part * 6 + 1; seed <= part * 6 + 6; seed++) {
            check(RandomNetworks.of(seed, 0, true), 1 + (int) (seed % 3), seed);
        }
    }

    /// Maps that go through all steps in several bands.
    @Test
    void largeMaps() {
        var network = new Network(
                "large",
                new Shape(70, 66, 3),
                Sequence.of(
                        Conv.of("conv1", 40, Window.square(3, 1, Padding.SAME)),
                        new BatchNorm("conv1_bn"),
                        Activation.relu6("conv1_relu"),
                        DepthwiseConv.of("conv_dw_1", Window.square(3, 1, Padding.SAME)),
                        new BatchNorm("conv_dw_1_bn"),
                        Activation.relu6("conv_dw_1_relu"),
                        DepthwiseConv.of("conv_dw_2", Window.square(3, 2, Padding.SAME)),
                        Conv.pointwise("conv_pw_1", 72),
                        new BatchNorm("conv_pw_1_bn"),
                        Activation.relu6("conv_pw_1_relu"),
                        new GlobalAveragePool("pool"),
                        Dense.of("scores", 3)));
        check(network, 2, 3);
    }

    static Stream<Layer> layers() {
        var all = new ArrayList<Layer>();
        var paddings = List.of(
                Padding.SAME, Padding.SYMMETRIC, Padding.VALID, new Padding.Explicit(0, 1, 0, 1), explicit(2, 1, 1, 2));
        int number = 0;
        for (var padding : paddings) {
            for (int stride = 1; stride <= 3; stride++) {
                for (int dilation = 1; dilation <= 2; dilation++) {
                    var window = new Window(3, 3, stride, dilation, padding);
                    all.add(DepthwiseConv.of("dw" + number++, window));
                    all.add(new DepthwiseConv("dwm" + number++, window, 3, true));
                    all.add(new Conv("conv" + number++, 6, window, 1, true));
                    all.add(new Conv("grouped" + number++, 10, window, 2, false));
                }
                all.add(Pool.max("max" + number++, new Window(3, 2, stride, 1, Padding.SYMMETRIC)));
                all.add(Pool.average("mean" + number++, new Window(2, 3, stride, 1, Padding.SAME)));
            }
        }
        for (var padding : List.of(Padding.SAME, Padding.VALID)) {
            for (int dilation = 1; dilation <= 2; dilation++) {
                for (int stride = 1; stride <= 3; stride++) {
                    var window = new Window(3, 2, stride, 4 - stride, dilation, padding);
                    all.add(DepthwiseConv.of("uneven dw" + number++, window));
                    all.add(new DepthwiseConv("uneven dwm" + number++, window, 3, true));
                    all.add(new Conv("uneven conv" + number++, 10, window, 2, true));
                }
            }
            all.add(Pool.max("uneven max" + number++, new Window(3, 2, 2, 1, 1, padding)));
            all.add(Pool.average("uneven mean" + number++, new Window(2, 3, 1, 3, 1, padding)));
        }
        all.add(DepthwiseConv.of("five", new Window(5, 2, 2, 1, Padding.SAME)));
        all.add(Conv.of("wide", 20, new Window(1, 5, 1, 1, Padding.SAME)));
        for (var coordinates : BilinearResize.Coordinates.values()) {
            all.add(new BilinearResize("larger " + coordinates, 17, 12, coordinates));
            all.add(new BilinearResize("smaller " + coordinates, 4, 1, coordinates));
        }
        for (var function : Curve.values()) {
            all.add(Nonlinearity.of("bent by " + function, function));
        }
        all.add(new Nonlinearity("leaky", Curve.LEAKY_RELU, 0.3));
        all.add(new Prelu("slopes"));
        all.add(new Sigmoid("sigmoid"));
        all.add(new Parallel("square", Parallel.Join.MULTIPLY, List.of(Sequence.identity(), Sequence.identity())));
        all.add(new Parallel(
                "product",
                Parallel.Join.MULTIPLY,
                List.of(
                        Sequence.of(Conv.pointwise("gate", 18).withBias(), new Sigmoid("gate_sigmoid")),
                        Sequence.identity(),
                        Sequence.of(Conv.pointwise("other", 18), new BatchNorm("other_bn")))));
        return all.stream();
    }

    private static Padding explicit(int top, int bottom, int left, int right) {
        return new Padding.Explicit(top, bottom, left, right);
    }

    /// Each layer between two pointwise ones, on a map of odd sizes.
    @ParameterizedTest
    @MethodSource("layers")
    void everyLayer(Layer layer) {
        var network = new Network(
                "around " + layer.name(),
                new Shape(11, 9, 3),
                Sequence.of(
                        Conv.pointwise("before", 18),
                        new BatchNorm("before_bn"),
                        Activation.relu6("before_relu"),
                        layer,
                        new BatchNorm("after_bn"),
                        Activation.relu("after_relu"),
                        new GlobalAveragePool("pool"),
                        Dense.of("scores", 4)));
        check(network, 2, 6);
    }

    private static void check(Network network, int shards, long seed) {
        var layout = ParameterLayout.of(network);
        var random = new Random(seed);
        var values = new float[layout.trained()];
        layout.read(Weights.random(network, seed), values, new float[layout.statistics()]);
        int classes = network.output().channels();
        var images = random(random, BATCH * network.input().elements());
        var targets = new float[BATCH * classes];
        for (int i = 0; i < BATCH; i++) {
            targets[i * classes + random.nextInt(classes)] = 1;
        }
        var reference = new DoubleTraining(network, layout, values);
        double loss = reference.loss(images, targets, BATCH);
        var gradients = new EnumMap<KernelVariant, float[]>(KernelVariant.class);
        for (var variant : KernelVariant.available()) {
            var own = new float[values.length];
            assertThat(run(network, variant, shards, values, own, images, targets))
                    .as("%s loss of %s", variant, network)
                    .isCloseTo(loss, Percentage.withPercentage(0.01));
            gradients.put(variant, own);
        }
        for (var place : layout.trainedPlaces()) {
            for (int sample = 0; sample < SAMPLES; sample++) {
                int at = random.nextInt(place.size());
                double slope = slope(reference, reference.tensor(place.name()), at, images, targets);
                gradients.forEach((variant, own) -> assertThat((double) own[place.offset() + at])
                        .as("%s %s of %s, seed %d, value %d", variant, place.name(), network, seed, at)
                        .isCloseTo(slope, Offset.offset(TOLERANCE * largest(own, place))));
            }
        }
    }

    private static double slope(DoubleTraining reference, double[] exact, int at, float[] images, float[] targets) {
        double before = exact[at];
        exact[at] = before + STEP;
        double above = reference.loss(images, targets, BATCH);
        exact[at] = before - STEP;
        double below = reference.loss(images, targets, BATCH);
        exact[at] = before;
        return (above - below) / (2 * STEP);
    }

    private static double largest(float[] gradients, ParameterLayout.Place place) {
        double largest = 1e-3;
        for (int i = 0; i < place.size(); i++) {
            largest = Math.max(largest, Math.abs(gradients[place.offset() + i]));
        }
        return largest;
    }

    private static double run(
            Network network,
            KernelVariant variant,
            int shards,
            float[] values,
            float[] gradients,
            float[] images,
            float[] targets) {
        var layout = ParameterLayout.of(network);
        var options = new TrainingGraph.TrainingOptions(BATCH, shards, variant.kernels(), _ -> true, 1);
        var graph = new TrainingGraph(network, layout, options);
        var backpropagation =
                new Backpropagation(graph, options, CROSS, 0.9, values, gradients, new float[layout.statistics()]);
        var builder = new StageList.Builder();
        backpropagation.addTo(builder);
        backpropagation.start(images, targets, BATCH, 0);
        builder.build(shards).run();
        return backpropagation.loss();
    }

    private static float[] random(Random random, int size) {
        var values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
