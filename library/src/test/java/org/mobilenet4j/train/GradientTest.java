package org.mobilenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.infer.RandomNetworks;
import org.mobilenet4j.kernel.Arithmetic;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;

/// Gradients against central differences of a loss computed in double precision.
class GradientTest {
    private static final int BATCH = 3;
    private static final double STEP = 1e-6;
    private static final int SAMPLES = 3;

    /// Of a tensor's largest gradient; a few of thousands of values lie near a bend of an activation.
    private static final double TOLERANCE = 1e-3;

    private static final Loss CROSS = new SoftmaxCrossEntropy(0);

    @ParameterizedTest
    @EnumSource(Arithmetic.class)
    void randomNetworks(Arithmetic arithmetic) {
        for (long seed = 1; seed <= 40; seed++) {
            check(RandomNetworks.of(seed, 0, true), arithmetic, 1 + (int) (seed % 3), seed);
        }
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
        all.add(DepthwiseConv.of("five", new Window(5, 2, 2, 1, Padding.SAME)));
        all.add(Conv.of("wide", 20, new Window(1, 5, 1, 1, Padding.SAME)));
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
        for (var arithmetic : Arithmetic.values()) {
            check(network, arithmetic, 2, 6);
        }
    }

    private static void check(Network network, Arithmetic arithmetic, int shards, long seed) {
        var layout = ParameterLayout.of(network);
        var random = new Random(seed);
        var values = new float[layout.trained()];
        var moving = new float[layout.statistics()];
        layout.read(Weights.random(network, seed), values, moving);
        int classes = network.output().channels();
        var images = random(random, BATCH * network.input().elements());
        var targets = new float[BATCH * classes];
        for (int i = 0; i < BATCH; i++) {
            targets[i * classes + random.nextInt(classes)] = 1;
        }
        if (network.parameters().isEmpty()) {
            return;
        }
        var gradients = new float[layout.trained()];
        double loss = run(network, arithmetic, shards, values, moving, gradients, images, targets);

        var reference = new DoubleTraining(network, layout, values);
        assertThat(loss).as("loss of %s", network).isCloseTo(reference.loss(images, targets, BATCH), relative(1e-4));
        for (var place : layout.trainedPlaces()) {
            double largest = 1e-3;
            for (int i = 0; i < place.size(); i++) {
                largest = Math.max(largest, Math.abs(gradients[place.offset() + i]));
            }
            for (int sample = 0; sample < SAMPLES; sample++) {
                int at = random.nextInt(place.size());
                var exact = reference.tensor(place.name());
                double before = exact[at];
                exact[at] = before + STEP;
                double above = reference.loss(images, targets, BATCH);
                exact[at] = before - STEP;
                double below = reference.loss(images, targets, BATCH);
                exact[at] = before;
                double slope = (above - below) / (2 * STEP);
                assertThat((double) gradients[place.offset() + at])
                        .as("%s of %s, seed %d, value %d", place.name(), network, seed, at)
                        .isCloseTo(slope, org.assertj.core.data.Offset.offset(TOLERANCE * largest));
            }
        }
    }

    private static org.assertj.core.data.Percentage relative(double share) {
        return org.assertj.core.data.Percentage.withPercentage(100 * share);
    }

    private static double run(
            Network network,
            Arithmetic arithmetic,
            int shards,
            float[] values,
            float[] moving,
            float[] gradients,
            float[] images,
            float[] targets) {
        var layout = ParameterLayout.of(network);
        var options = new TrainingGraph.TrainingOptions(BATCH, shards, arithmetic, _ -> true, 1);
        var graph = new TrainingGraph(network, layout, options);
        var passes = new Passes(graph, options, CROSS, 0.9, values, gradients, moving);
        var builder = new Stages.Builder();
        passes.addTo(builder);
        passes.start(images, targets, BATCH, 0);
        builder.build(shards).run();
        return passes.loss();
    }

    private static float[] random(Random random, int size) {
        var values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
