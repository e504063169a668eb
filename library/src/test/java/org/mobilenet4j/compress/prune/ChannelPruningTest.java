package org.mobilenet4j.compress.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.QuantizedModels;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;

class ChannelPruningTest {
    private static final Window THREE = Window.square(3, 1, Padding.SAME);

    private static ChannelPruning to(double share, Criterion by) {
        return new ChannelPruning(share, by, 1);
    }

    private static int channels(Model model, String layer) {
        return model.network().nodes().stream()
                .filter(node -> node.name().equals(layer))
                .findFirst()
                .orElseThrow()
                .output()
                .channels();
    }

    private static void assertSameOutputs(Model pruned, Model whole) {
        float[] expected = PruneModels.outputs(whole);
        float[] actual = PruneModels.outputs(pruned);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-4f * (1 + Math.abs(expected[i]))));
        }
    }

    /// Channels whose gamma is zero behind the depthwise layer are the same everywhere: what they added
    /// moves into the next statistics, and nothing changes.
    @Test
    void removesConstantChannelsExactly() {
        var whole = PruneModels.separable();
        int[] dead = {1, 4, 9, 15};
        whole = PruneModels.set(whole, "conv_dw_1_bn/gamma", 0, dead);
        whole = PruneModels.set(whole, "conv1_bn/gamma", 1e-6f, dead);
        whole = PruneModels.set(whole, "conv_dw_1_bn/beta", 2.5f, dead);

        var pruned = to(0.8, Criterion.SCALE).prune(whole);

        assertThat(channels(pruned, "conv1")).isEqualTo(12);
        assertThat(channels(pruned, "conv_dw_1")).isEqualTo(12);
        assertThat(channels(pruned, "conv_pw_1")).isEqualTo(32);
        assertSameOutputs(pruned, whole);
    }

    /// Filters of zeros before a normalization, and a dense layer that gets what they added as its bias.
    @Test
    void removesFiltersOfZerosExactly() {
        var whole = PruneModels.separable();
        int[] dead = {0, 3, 17, 18, 30, 31};
        whole = PruneModels.zeroFilters(whole, "conv_pw_1/kernel", 32, dead);
        var pruned = to(0.96, Criterion.L1).prune(whole);
        assertThat(channels(pruned, "conv_pw_1")).isEqualTo(26);
        assertThat(channels(pruned, "conv1")).isEqualTo(16);
        assertSameOutputs(pruned, whole);
        assertThat(pruned.weights().get("conv_preds/bias").toArray())
                .isNotEqualTo(whole.weights().get("conv_preds/bias").toArray());
    }

    @Test
    void keepsTheRowsAndColumnsThatAreLeft() {
        var whole = PruneModels.set(
                PruneModels.set(PruneModels.separable(), "conv1_bn/gamma", 0.001f, 0, 5),
                "conv_dw_1_bn/gamma",
                0.001f,
                0,
                5);
        var pruned = to(0.9, Criterion.SCALE).prune(whole);
        int[] kept = IntStream.range(0, 16).filter(c -> c != 0 && c != 5).toArray();
        assertThat(channels(pruned, "conv1")).isEqualTo(14);
        for (int tap = 0; tap < 9; tap++) {
            for (int i = 0; i < kept.length; i++) {
                assertThat(pruned.weights().get("conv_dw_1/depthwise_kernel").get(tap * 14 + i))
                        .isEqualTo(whole.weights()
                                .get("conv_dw_1/depthwise_kernel")
                                .get(tap * 16 + kept[i]));
            }
        }
        for (int i = 0; i < kept.length; i++) {
            assertThat(pruned.weights().get("conv_pw_1/kernel").get(i * 32 + 7))
                    .isEqualTo(whole.weights().get("conv_pw_1/kernel").get(kept[i] * 32 + 7));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.75, SCALE", "0.5, SCALE", "0.5, L1", "0.25, L1"})
    void reachesItsShareOfAMobileNet(double share, Criterion by) {
        var network = MobileNetV1.of(0.5, 64, 10).network();
        var model = new Model(network, Weights.random(network, 2), List.of(), Preprocessing.TF_SLIM);
        var pruned = new ChannelPruning(share, by, 8).prune(model);
        long before = Cost.of(network).multAdds();
        long after = Cost.of(pruned.network()).multAdds();
        assertThat((double) after / before).isLessThanOrEqualTo(share).isGreaterThan(share - 0.08);
        for (var node : pruned.network().nodes()) {
            if (node.layer() instanceof Conv conv) {
                assertThat(conv.filters() % 8).as(conv.name()).isZero();
            }
        }
        assertThat(pruned.classes()).isEqualTo(10);
        var shares = network.nodes().stream()
                .filter(node -> node.layer() instanceof Conv)
                .map(node ->
                        (double) channels(pruned, node.name()) / node.output().channels())
                .distinct();
        assertThat(shares.count()).isGreaterThan(1);
    }

    /// Both branches of an addition lose the same channels.
    @Test
    void followsAdditions() {
        var whole = PruneModels.model(
                Conv.of("stem", 12, THREE),
                PruneModels.norm("stem"),
                new Parallel(
                        "sum",
                        Parallel.Join.ADD,
                        List.of(
                                Sequence.identity(),
                                Sequence.of(Conv.pointwise("branch", 12), PruneModels.norm("branch")))),
                new GlobalAveragePool("pool"),
                Dense.of("fc", 4));
        int[] dead = {2, 3, 11};
        whole = PruneModels.zeroFilters(whole, "stem/kernel", 12, dead);
        whole = PruneModels.zeroFilters(whole, "branch/kernel", 12, dead);
        var pruned = to(0.7, Criterion.L1).prune(whole);
        assertThat(channels(pruned, "stem"))
                .isEqualTo(channels(pruned, "branch"))
                .isEqualTo(9);
        assertSameOutputs(pruned, whole);
    }

    @Test
    void followsConcatenationsAndFlattening() {
        var whole = PruneModels.model(
                new Parallel(
                        "both",
                        Parallel.Join.CONCATENATE,
                        List.of(
                                Sequence.of(Conv.of("left", 6, THREE).withBias()),
                                Sequence.of(Conv.pointwise("right", 10)))),
                new Flatten("flatten"),
                Dense.of("fc", 4));
        whole = PruneModels.zeroFilters(whole, "left/kernel", 6, 1);
        whole = PruneModels.zeroFilters(whole, "right/kernel", 10, 0, 9);
        var pruned = to(0.83, Criterion.L1).prune(whole);
        assertThat(channels(pruned, "left")).isEqualTo(5);
        assertThat(channels(pruned, "right")).isEqualTo(8);
        assertSameOutputs(pruned, whole);
    }

    /// Groups stay equal: a channel of one goes with those at its place in the others.
    @Test
    void followsGroups() {
        var grouped = PruneModels.model(
                Conv.of("stem", 8, THREE),
                new Conv("grouped", 8, THREE, 2, false),
                new ChannelShuffle("shuffle", 2),
                new Conv("depthwise", 16, THREE, 8, false),
                new DepthwiseConv("twice", THREE, 2, true),
                new GlobalAveragePool("pool"),
                Dense.of("fc", 4));
        var whole = PruneModels.zeroFilters(grouped, "stem/kernel", 8, 1, 5);
        var pruned = to(0.93, Criterion.L1).prune(whole);
        assertThat(channels(pruned, "stem")).isEqualTo(6);
        assertThat(channels(pruned, "grouped")).isEqualTo(8);
        assertSameOutputs(pruned, whole);

        whole = PruneModels.zeroFilters(grouped, "grouped/kernel", 8, 0, 4);
        pruned = to(0.9, Criterion.L1).prune(whole);
        assertThat(channels(pruned, "grouped")).isEqualTo(6);
        assertThat(channels(pruned, "depthwise")).isEqualTo(12);
        assertThat(channels(pruned, "twice")).isEqualTo(24);
    }

    @Test
    void saysWhatCannotBePruned() {
        var model = PruneModels.separable();
        assertThatThrownBy(() -> new ChannelPruning(1, Criterion.L1, 8)).hasMessageContaining("below 1");
        assertThatThrownBy(() -> new ChannelPruning(0.01, Criterion.L1, 8).prune(model))
                .hasMessageContaining("leaves no channels");
        assertThatThrownBy(() -> to(0.5, Criterion.SCALE)
                        .prune(PruneModels.model(
                                Conv.of("bare", 9, THREE), new GlobalAveragePool("pool"), Dense.of("fc", 4))))
                .hasMessageContaining("channels of bare; rank them by l1");
        assertThatThrownBy(() -> to(0.5, Criterion.L1)
                        .prune(PruneModels.model(new GlobalAveragePool("pool"), Dense.of("fc", 4))))
                .hasMessageContaining("no channels that can be removed");
        assertThatThrownBy(() -> to(0.5, Criterion.L1).prune(QuantizedModels.model()))
                .hasMessageContaining("is quantized");
    }

    @Test
    void clippedNormalsHaveTheirMean() {
        var random = new java.util.Random(3);
        double sum = 0;
        int count = 400_000;
        for (int i = 0; i < count; i++) {
            sum += Math.min(Math.max(1.5 + 3 * random.nextGaussian(), 0), 6);
        }
        assertThat(ClippedNormal.mean(1.5, 3, 6)).isCloseTo(sum / count, within(0.01));
        assertThat(ClippedNormal.mean(0, 1, Double.POSITIVE_INFINITY))
                .isCloseTo(1 / Math.sqrt(2 * Math.PI), within(1e-6));
        assertThat(Arrays.asList(ClippedNormal.mean(-1, 0, 6), ClippedNormal.mean(9, 0, 6)))
                .containsExactly(0.0, 6.0);
    }
}
