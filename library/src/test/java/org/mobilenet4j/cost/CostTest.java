package org.mobilenet4j.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.arch.zoo.NetworkSpec;
import org.mobilenet4j.arch.zoo.Xception;
import org.mobilenet4j.tensor.Shape;

/// Exact counts against published and recomputed integers.
class CostTest {
    private static final Window WINDOW = Window.square(3, 1, Padding.SAME);

    @ParameterizedTest
    @CsvSource({
        "mobilenet-v1, 568740352",
        "mobilenet-v1:0.75, 325400448",
        "mobilenet-v1:0.5, 149497088",
        "mobilenet-v1:0.25, 41030272",
        "mobilenet-v1-conv, 4867293184",
        "mobilenet-v1-shallow, 307323392",
        "alexnet, 724406816",
        "vgg16, 15470264320",
        "googlenet, 1582671872",
        "squeezenet, 832667936",
        "squeezenet:224, 818924576"
    })
    void multAdds(String network, long expected) {
        assertThat(Cost.of(NetworkSpec.parse(network).network()).multAdds()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 4209088, 4231976, 4253864, 10944",
        "0.75, 2568144, 2585560, 2601976, 8208",
        "0.5, 1319648, 1331592, 1342536, 5472",
        "0.25, 463600, 470072, 475544, 2736"
    })
    void parametersInThreeConventions(double alpha, long weights, long trainable, long withStatistics, long channels) {
        var cost = Cost.of(MobileNetV1.of(alpha, 224, 1000).network());

        assertThat(cost.parameters()).isEqualTo(new ParameterCount(weights, trainable, withStatistics));
        assertThat(cost.total(Kind.NORMALIZATION).parameters())
                .isEqualTo(new ParameterCount(0, 2 * channels, 4 * channels));
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1025", "0.75, 769", "0.5, 513", "0.25, 257"})
    void oneMoreClassCostsAColumnAndABias(double alpha, long more) {
        long without =
                Cost.of(MobileNetV1.of(alpha, 224, 1000).network()).parameters().trainable();
        long with =
                Cost.of(MobileNetV1.of(alpha, 224, 1001).network()).parameters().trainable();

        assertThat(with - without).isEqualTo(more);
    }

    /// The docstring of TF-Slim's `mobilenet_v1.py` counts the body alone.
    @ParameterizedTest
    @CsvSource({"1.0, 224, 3185088, 567716352", "0.75, 128, 1800144, 106002432"})
    void bodyAlone(double alpha, int resolution, long weights, long multAdds) {
        var cost = Cost.of(MobileNetV1.of(alpha, resolution, 0).network());

        assertThat(cost.parameters().weights()).isEqualTo(weights);
        assertThat(cost.multAdds()).isEqualTo(multAdds);
    }

    @ParameterizedTest
    @CsvSource({
        "mobilenet-v1-conv, 29281120", "mobilenet-v1-shallow, 2875328", "alexnet, 60954656",
        "vgg16, 138344128", "googlenet, 6990272", "squeezenet, 1244448"
    })
    void weightsOfTheOthers(String network, long expected) {
        assertThat(Cost.of(NetworkSpec.parse(network).network()).parameters().weights())
                .isEqualTo(expected);
    }

    @Test
    void kindsAndLayersAddUpToTheWhole() {
        var cost = Cost.of(NetworkSpec.parse("googlenet").network());
        var kinds = cost.byKind();

        assertThat(kinds.values().stream().mapToLong(Cost.Total::multAdds).sum())
                .isEqualTo(cost.multAdds());
        assertThat(kinds.values().stream().mapToInt(Cost.Total::layers).sum())
                .isEqualTo(cost.layers().size());
        assertThat(cost.layers().stream().map(LayerCost::parameters).reduce(ParameterCount.NONE, ParameterCount::plus))
                .isEqualTo(cost.parameters());
        assertThat(cost.total(Kind.POINTWISE).layers()).isEqualTo(37);
        assertThat(kinds).doesNotContainKey(Kind.DEPTHWISE);
        assertThat(cost.total(Kind.DEPTHWISE)).isEqualTo(Cost.Total.NONE);
    }

    @Test
    void oneLayer() {
        var cost = Cost.of(MobileNetV1.of(1, 224, 1000).network());

        assertThat(cost.layer("conv_pw_1"))
                .isEqualTo(new LayerCost(
                        "conv_pw_1",
                        Kind.POINTWISE,
                        new Shape(112, 112, 32),
                        new Shape(112, 112, 64),
                        25_690_112,
                        new ParameterCount(2048, 2048, 2048)));
        assertThat(cost.layer("conv_pw_1").outputBytes()).isEqualTo(4L * 112 * 112 * 64);
        assertThatThrownBy(() -> cost.layer("conv_pw_14")).hasMessageContaining("conv_pw_14");
    }

    @Test
    void groupsAndChannelMultipliersAreCounted() {
        var grouped = new Network("g", new Shape(8, 8, 12), new Conv("conv", 6, WINDOW, 3, true));
        var multiplied = new Network("m", new Shape(8, 8, 12), new DepthwiseConv("dw", WINDOW, 2, false));

        assertThat(Cost.of(grouped).multAdds()).isEqualTo(8 * 8 * 6 * 9 * 4);
        assertThat(Cost.of(grouped).parameters())
                .isEqualTo(new ParameterCount(9 * 4 * 6, 9 * 4 * 6 + 6, 9 * 4 * 6 + 6));
        assertThat(Cost.of(multiplied).multAdds()).isEqualTo(8 * 8 * 24 * 9);
    }

    /// A stride of 2 reads every second pixel, so a 1x1 window stays pointwise in kind.
    @Test
    void stridedShortcutIsPointwise() {
        var cost = Cost.of(new Network("x", new Shape(16, 16, 8), Xception.halving("block2", List.of(16, 16))));

        assertThat(cost.layer("block2_shortcut").kind()).isEqualTo(Kind.POINTWISE);
        assertThat(cost.layer("block2_shortcut").multAdds()).isEqualTo(8 * 8 * 8 * 16);
    }

    @ParameterizedTest
    @CsvSource({"512, 512, 14", "384, 384, 10", "32, 64, 112", "3, 17, 5"})
    void formulasAgreeWithTheCount(int in, int out, int map) {
        var input = new Shape(map, map, in);
        long standard =
                Cost.of(new Network("s", input, Conv.of("conv", out, WINDOW))).multAdds();
        var separable = Cost.of(
                new Network("d", input, Sequence.of(DepthwiseConv.of("dw", WINDOW), Conv.pointwise("pw", out))));

        assertThat(Formulas.standard(3, in, out, map)).isEqualTo(standard);
        assertThat(Formulas.depthwise(3, in, map))
                .isEqualTo(separable.layer("dw").multAdds());
        assertThat(Formulas.pointwise(in, out, map))
                .isEqualTo(separable.layer("pw").multAdds());
        assertThat(Formulas.separable(3, in, out, map)).isEqualTo(separable.multAdds());
        assertThat((double) separable.multAdds() / standard).isCloseTo(Formulas.separableRatio(3, out), offset(1e-12));
    }
}
