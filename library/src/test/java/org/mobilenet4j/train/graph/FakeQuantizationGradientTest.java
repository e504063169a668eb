package org.mobilenet4j.train.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.train.FakeQuantization;
import org.mobilenet4j.train.loss.SoftmaxCrossEntropy;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// The way back through rounded maps and kernels against what straight through means: the slope of the same loss where
/// everything that rounding added at this point stays as it is, and what lies outside a range does not move.
class FakeQuantizationGradientTest {
    private static final int BATCH = 3;
    private static final double STEP = 1e-6;
    private static final int SAMPLES = 5;

    /// Of a tensor's largest gradient.
    private static final double TOLERANCE = 0.01;

    private static final Network NETWORK = new Network(
            "small",
            new Shape(9, 8, 3),
            Sequence.of(
                    new Conv("conv1", 20, Window.square(3, 2, Padding.SAME), 1, true),
                    Activation.relu6("conv1_relu"),
                    DepthwiseConv.of("conv_dw_1", Window.square(3, 1, Padding.SAME))
                            .withBias(),
                    Activation.relu("conv_dw_1_relu"),
                    new Parallel(
                            "sum",
                            Parallel.Join.ADD,
                            List.of(Conv.pointwise("conv_pw_1", 20).withBias(), Sequence.identity())),
                    Conv.pointwise("conv_pw_2", 12).withBias(),
                    new GlobalAveragePool("pool"),
                    Dense.of("scores", 4)));

    /// What rounding adds to each value of each image where it is first met; the same later.
    private static final class Rounding implements DoubleTraining.Reading {
        private final NetworkQuantization maps;
        private final Map<String, double[]> added = new HashMap<>();

        Rounding(NetworkQuantization maps) {
            this.maps = maps;
        }

        @Override
        public double[] read(int value, int image, double[] values) {
            var name = value == Node.INPUT ? "" : NETWORK.nodes().get(value - 1).name();
            var map = value == Node.INPUT ? maps.input() : maps.layers().get(name);
            if (map == null) {
                return values;
            }
            var inside = new double[values.length];
            double scale = map.scale();
            Arrays.setAll(inside, i -> Math.clamp(values[i], map.low() * scale, map.high() * scale));
            var fixed = added.computeIfAbsent(name + image, _ -> {
                var own = new double[values.length];
                Arrays.setAll(own, i -> scale * Math.round(inside[i] / scale) - inside[i]);
                return own;
            });
            Arrays.setAll(inside, i -> inside[i] + fixed[i]);
            return inside;
        }
    }

    /// Ranges that clip some of what is met.
    private static NetworkQuantization maps(ParameterLayout layout, float[] values, float[] images, float[] targets) {
        var least = new double[NETWORK.nodes().size() + 1];
        var greatest = new double[NETWORK.nodes().size() + 1];
        new DoubleTraining(NETWORK, layout, values, (value, _, map) -> {
                    least[value] =
                            Math.min(least[value], Arrays.stream(map).min().orElse(0));
                    greatest[value] =
                            Math.max(greatest[value], Arrays.stream(map).max().orElse(0));
                    return map;
                })
                .loss(images, targets, BATCH);
        var layers = new LinkedHashMap<String, ActivationQuantization>();
        for (var name : List.of("conv1_relu", "conv_dw_1_relu", "conv_pw_1", "sum", "conv_pw_2", "pool", "scores")) {
            int id = NETWORK.nodes().stream()
                    .filter(node -> node.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .id();
            layers.put(name, stored(0.8 * least[id], 0.8 * greatest[id]));
        }
        return new NetworkQuantization(stored(least[Node.INPUT], greatest[Node.INPUT]), layers);
    }

    private static ActivationQuantization stored(double least, double greatest) {
        double low = Math.min(0, least);
        float scale = (float) ((greatest - low) / 255);
        return new ActivationQuantization(ElementType.INT8, scale, -128 + (int) Math.round(-low / scale));
    }

    @ParameterizedTest
    @EnumSource(FakeQuantization.Kernels.class)
    void straightThrough(FakeQuantization.Kernels kernels) {
        var layout = ParameterLayout.of(NETWORK);
        var random = new Random(5);
        var values = new float[layout.trained()];
        layout.read(Weights.random(NETWORK, 5), values, new float[0]);
        var images = new float[BATCH * NETWORK.input().elements()];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        var targets = new float[BATCH * 4];
        for (int i = 0; i < BATCH; i++) {
            targets[i * 4 + i % 4] = 1;
        }
        var maps = maps(layout, values, images, targets);
        for (var variant : KernelVariant.available()) {
            var gradients = new float[values.length];
            var rounding = new FakeQuantizedWeights(layout, kernels.isPerChannel(), kernels.isSymmetric(), values, 2);
            double loss = run(maps, rounding, variant, layout, values, gradients, images, targets);
            var reference = new DoubleTraining(NETWORK, layout, rounding.rounded(), new Rounding(maps));
            assertThat(loss).isCloseTo(reference.loss(images, targets, BATCH), Percentage.withPercentage(0.1));
            for (var place : layout.trainedPlaces()) {
                for (int sample = 0; sample < SAMPLES; sample++) {
                    int at = random.nextInt(place.size());
                    double slope = slope(reference, reference.tensor(place.name()), at, images, targets);
                    assertThat((double) gradients[place.offset() + at])
                            .as("%s %s, value %d", variant, place.name(), at)
                            .isCloseTo(slope, Offset.offset(TOLERANCE * largest(gradients, place)));
                }
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
            NetworkQuantization maps,
            FakeQuantizedWeights rounding,
            KernelVariant variant,
            ParameterLayout layout,
            float[] values,
            float[] gradients,
            float[] images,
            float[] targets) {
        var ranges = new FakeQuantizers(maps, 1, NETWORK, new float[FakeQuantizers.size(maps)], 2, variant.kernels());
        var options = new TrainingGraph.TrainingOptions(BATCH, 2, variant.kernels(), _ -> true, 1);
        var graph = new TrainingGraph(NETWORK, layout, options, ranges);
        var loss = new SoftmaxCrossEntropy(0);
        var backpropagation = new Backpropagation(graph, options, loss, 0.9, values, gradients, new float[0], rounding);
        var builder = new StageList.Builder();
        backpropagation.addTo(builder);
        backpropagation.start(images, targets, BATCH, 0);
        builder.build(2).run();
        return backpropagation.loss();
    }
}
