package org.mobilenet4j.infer.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.StepRunner;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;

class ProfileTest {
    private static Plan plan(Network network) {
        return Plan.of(new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM));
    }

    private static List<String> names(StepRunner steps) {
        return IntStream.range(0, steps.count())
                .mapToObj(step -> String.join("+", steps.layers(step)))
                .toList();
    }

    @Test
    void everyStepIsTimedAndAllMultAddsAreThere() {
        var network = MobileNetV1.of(0.25, 64, 10).network();
        var plan = plan(network);

        var profile = Profile.of(plan, new Repetition(3, Long.MAX_VALUE));

        assertThat(profile.runs()).isEqualTo(3);
        assertThat(profile.layers().stream().map(LayerTime::name))
                .containsExactlyElementsOf(names(StepRunner.open(plan)));
        assertThat(profile.layers().stream().mapToLong(LayerTime::multAdds).sum())
                .isEqualTo(Cost.of(network).multAdds());
        assertThat(profile.layers()).allMatch(layer -> layer.medianMillis() > 0);
        assertThat(profile.medianMillis())
                .isEqualTo(profile.layers().stream()
                        .mapToDouble(LayerTime::medianMillis)
                        .sum());
        var joined = profile.layers().get(1);
        assertThat(joined.layers()).containsExactly("conv_dw_1", "conv_pw_1");
        assertThat(joined.bytes()).isEqualTo(4L * (32 * 32 * 8 + 9 * 8 + 8 * 16 + 32 * 32 * 16));
    }

    @Test
    void bytesAreThoseOfWeightsAndMaps() {
        var input = new Shape(6, 5, 8);
        int map = input.elements();
        var network = new Network(
                "branches",
                input,
                new Sequence(
                        "",
                        List.of(
                                new Parallel("cat", Parallel.Join.CONCATENATE, List.of(conv("a"), conv("b"))),
                                new Parallel("sum", Parallel.Join.ADD, List.of(wide("c"), wide("d"))))));

        var layers = Profile.of(plan(network), new Repetition(1, 0)).layers();

        assertThat(layers.stream().map(LayerTime::name)).containsExactly("a", "b", "cat", "c", "d", "sum");
        assertThat(layers.stream().map(LayerTime::bytes))
                .containsExactly(
                        4L * (8 * 8 + 8 + map + map),
                        4L * (8 * 8 + 8 + map + map),
                        0L, // the branches lie in the joined map already
                        4L * (16 * 16 + 16 + 2 * map + 2 * map),
                        4L * (16 * 16 + 16 + 2 * map + 2 * map),
                        4L * 3 * 2 * map);
    }

    private static Conv conv(String name) {
        return new Conv(name, 8, Window.square(1, 1, Padding.VALID), 1, true);
    }

    private static Conv wide(String name) {
        return new Conv(name, 16, Window.square(1, 1, Padding.VALID), 1, true);
    }

    @Test
    void theRoofIsTheLowerOfBoth() {
        var machine = new Machine(200, 50);

        // 1e8 mult-adds are 2e8 operations: 1 ms; 1e8 bytes take 2 ms.
        assertThat(machine.leastMillis(100_000_000, 1_000)).isEqualTo(1, within(1e-9));
        assertThat(machine.leastMillis(100_000_000, 100_000_000)).isEqualTo(2, within(1e-9));
        assertThat(machine.isBoundByCompute(100_000_000, 1_000)).isTrue();
        assertThat(machine.isBoundByCompute(100_000_000, 100_000_000)).isFalse();
        var layer = new LayerTime(List.of("conv"), 100_000_000, 100_000_000, 8);
        assertThat(layer.gigaflops()).isEqualTo(25, within(1e-9));
        assertThat(layer.reached(machine)).isEqualTo(0.25, within(1e-9));
    }

    @Test
    void theMachineIsMeasured() {
        var machine = Machine.measure(1 << 20);

        assertThat(machine.peakGigaflops()).isPositive().isFinite();
        assertThat(machine.gigabytesPerSecond()).isPositive().isFinite();
        assertThat(Machine.vectorBits() > 0).isEqualTo(KernelVariant.preferred() != KernelVariant.SCALAR);
    }

    @Test
    void theFootprintIsMapsAndWeights() {
        var network = MobileNetV1.of(0.25, 64, 10).network();
        var plan = plan(network);

        assertThat(plan.footprintBytes() - plan.peakActivationBytes())
                .isEqualTo(4 * Cost.of(network).parameters().withStatistics());
    }
}
