package org.mobilenet4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.infer.measure.LayerTime;
import org.mobilenet4j.infer.measure.Repetition;

class LatencyModelTest {
    /// A machine on which each layer that computes takes its mult-adds and a microsecond, and an image a tenth more.
    private static Timing onSimpleMachine(Network network) {
        var layers = new ArrayList<LayerTime>();
        for (var layer : Cost.of(network).layers()) {
            switch (layer.kind()) {
                case STANDARD, DEPTHWISE, POINTWISE ->
                    layers.add(new LayerTime(List.of(layer.name()), 0, 0, 1e-8 * layer.multAdds() + 1e-3));
                case DENSE -> layers.add(new LayerTime(List.of(layer.name()), 0, 0, 1e-8 * layer.multAdds()));
                case POOLING, NORMALIZATION, OTHER -> {
                    // Free.
                }
            }
        }
        double sum = layers.stream().mapToDouble(LayerTime::medianMillis).sum();
        return new Timing(network, layers, 1.1 * sum);
    }

    /// Whole vectors of channels, so that nothing is rounded up; at any length up to 64 lanes.
    private static Network network(double alpha, int resolution) {
        return new MobileNetV1(
                        alpha,
                        new org.mobilenet4j.tensor.Shape(resolution, resolution, 3),
                        64,
                        MobileNetV1.Variant.SEPARABLE,
                        32,
                        org.mobilenet4j.arch.Padding.SAME,
                        8)
                .network();
    }

    @Test
    void findsALawThatIsLinearInWorkAndLayers() {
        var timings = List.of(
                onSimpleMachine(network(2, 64)),
                onSimpleMachine(network(2, 96)),
                onSimpleMachine(network(4, 64)),
                onSimpleMachine(network(4, 32)));
        var model = LatencyModel.fit(timings);

        for (var other : List.of(network(2, 128), network(4, 96), network(6, 64))) {
            double expected = onSimpleMachine(other).medianMillis();
            assertThat(model.millis(other)).isCloseTo(expected, within(0.02 * expected));
        }
        assertThat(LatencyModel.errors(timings))
                .hasSize(4)
                .allSatisfy(error -> assertThat(error).isCloseTo(0, within(0.05)));
    }

    @Test
    void moreWorkIsNeverPredictedToTakeLess() {
        var noise = List.of(
                new Timing(network(1, 64), onSimpleMachine(network(1, 64)).layers(), 3),
                new Timing(network(1, 96), onSimpleMachine(network(1, 96)).layers(), 1));
        var model = LatencyModel.fit(noise);

        assertThat(model.millis(network(1, 128))).isGreaterThanOrEqualTo(model.millis(network(1, 96)));
        assertThat(model.millis(network(1, 96))).isPositive();
    }

    @Test
    void nothingMeasuredIsNothingFitted() {
        assertThatThrownBy(() -> LatencyModel.fit(List.of())).hasMessageContaining("nothing was measured");
    }

    @Test
    void measuresNoNetworkThatIsPublished() {
        var published = new ArrayList<String>();
        for (double alpha : new double[] {0.25, 0.5, 0.75, 1}) {
            for (int resolution : new int[] {128, 160, 192, 224}) {
                published.add(MobileNetV1.of(alpha, resolution, 1001).name());
            }
        }
        assertThat(LatencyModel.toMeasure()).extracting(Network::name).doesNotContainAnyElementsOf(published);
    }

    @Test
    void timesEachLayerAndEachRound() {
        var networks = List.of(network(0.25, 32), network(0.25, 64));
        var timings = new Timings(1, 2, new Repetition(2, 0));
        var steps = new int[1];

        var timed = timings.measure(networks, true, () -> steps[0]++);

        assertThat(steps[0]).isEqualTo(timings.steps(networks)).isEqualTo(6);
        assertThat(timed).extracting(Timing::network).isEqualTo(networks);
        assertThat(timed).allSatisfy(timing -> {
            assertThat(timing.medianMillis()).isPositive();
            assertThat(timing.layers().stream().flatMap(layer -> layer.layers().stream()))
                    .contains("conv1", "conv_dw_1", "conv_pw_13", "conv_preds");
        });
        assertThat(timings.measure(networks.subList(0, 1), false, () -> {})
                        .getFirst()
                        .layers())
                .isEmpty();
    }

    @Test
    void theBestRoundOfEachLayerCounts() {
        var network = network(0.25, 32);
        var one = new Timing(network, List.of(layer("a", 1), layer("b", 5)), 7);
        var other = new Timing(network, List.of(layer("a", 2), layer("b", 3)), 6);

        assertThat(one.least(other)).isEqualTo(new Timing(network, List.of(layer("a", 1), layer("b", 3)), 6));
    }

    private static LayerTime layer(String name, double millis) {
        return new LayerTime(List.of(name), 1, 1, millis);
    }
}
