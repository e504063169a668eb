package org.mobilenet4j.formats.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// Arithmetic with integers, which must not change one of them.
class LookupRewriteTest {
    private final Map<String, Tensor> weights = new LinkedHashMap<>();

    private static ActivationQuantization stored(ElementType type, double scale, int zeroPoint) {
        return new ActivationQuantization(type, (float) scale, zeroPoint);
    }

    private GraphRewrites rewrite(StoredTable... tables) {
        var nodes = new java.util.ArrayList<GraphNode>();
        for (var table : tables) {
            nodes.add(GraphNode.of("step" + nodes.size(), nodes.size(), new Idiom.Lookup(table, 3)));
        }
        return new GraphRewrites(nodes, nodes.size(), weights::put);
    }

    /// What the depthwise convolution that was made gives.
    private int result(StoredTable table, String layer, int channel, int number) {
        var kernel = Objects.requireNonNull(weights.get(layer + "/depthwise_kernel"));
        var bias = Objects.requireNonNull(weights.get(layer + "/bias"));
        float scale = kernel.quantization().orElseThrow().scale(channel);
        double product = table.from().type() == ElementType.UINT8
                ? table.from().scale() * scale
                : (double) table.from().scale() * scale;
        int sum = kernel.quantizedValue(channel) * (number - table.from().zeroPoint()) + bias.quantizedValue(channel);
        return Math.clamp(
                FixedPoint.of(product / table.to().scale()).apply(sum)
                        + table.to().zeroPoint(),
                table.to().type().least(),
                table.to().type().greatest());
    }

    /// Random scales and offsets by channel, rounded as TensorFlow Lite would.
    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"INT8", "UINT8"})
    void linesGiveTheSameIntegers(ElementType type) {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var from = stored(type, random.nextDouble(0.003, 0.1), random.nextInt(type.least(), type.greatest()));
            var to = stored(type, random.nextDouble(0.003, 0.1), random.nextInt(type.least(), type.greatest()));
            double[] scale = {random.nextDouble(0.2, 3), -random.nextDouble(0.2, 3), random.nextDouble(0.2, 3)};
            double[] offset = {random.nextDouble(-2, 2), random.nextDouble(-2, 2), random.nextDouble(-2, 2)};
            var table = StoredTable.of(from, to, 3, (channel, number) -> {
                double real = (number - from.zeroPoint()) * from.scale() * scale[channel] + offset[channel];
                return (int) Math.rint(real / to.scale()) + to.zeroPoint();
            });
            boolean isFlat = false;
            for (int c = 0; c < 3; c++) {
                isFlat |= StoredLine.of(table, c).isEmpty();
            }
            if (isFlat) {
                continue; // nothing or next to nothing is within the range
            }
            var made = rewrite(table);
            assertThat(made.nodes().getFirst().layers()).singleElement().isInstanceOf(DepthwiseConv.class);
            for (int c = 0; c < 3; c++) {
                for (int i = 0; i < 256; i++) {
                    assertThat(result(table, "step0", c, type.least() + i))
                            .as("seed %s, channel %s, %s", seed, c, i)
                            .isEqualTo(table.get(c, i));
                }
            }
        }
    }

    @Test
    void mostLinesAreFound() {
        int found = 0;
        var random = new Random(7);
        for (int seed = 0; seed < 200; seed++) {
            var from = stored(ElementType.INT8, 1 / 255.0, -128);
            var to = stored(ElementType.INT8, random.nextDouble(0.008, 0.03), random.nextInt(-40, 40));
            double scale = random.nextDouble(1, 5);
            double offset = random.nextDouble(-2, 0);
            var table = StoredTable.of(
                    from,
                    to,
                    1,
                    (_, number) -> (int) Math.rint(((number + 128) * from.scale() * scale + offset) / to.scale())
                            + to.zeroPoint());
            found += StoredLine.of(table, 0).isPresent() ? 1 : 0;
        }
        assertThat(found).isGreaterThan(120);
    }

    /// `2 * x - 1` of pixels, in scales that fit: the stored integers stay.
    @Test
    void anotherScaleOfTheInputIsOnlyThat() {
        var pixels = stored(ElementType.INT8, 1 / 255.0, -128);
        var doubled = stored(ElementType.INT8, 2 / 255.0, -128);
        var signed = stored(ElementType.INT8, 2 / 255.0, 0);
        var first = StoredTable.of(pixels, doubled, 1, (_, number) -> number);
        var second = StoredTable.of(doubled, signed, 1, (_, number) -> number);
        var made = rewrite(first, second);
        assertThat(made.input()).contains(signed);
        assertThat(made.nodes()).allMatch(node -> node.layers().isEmpty());
        assertThat(weights).isEmpty();
    }

    /// Two roundings one after the other need not be on a line.
    @Test
    void whatIsNoLineIsRefused() {
        var same = stored(ElementType.INT8, 0.1, 0);
        var bent = StoredTable.of(same, same, 1, (_, number) -> number < 0 ? number : 2 * number);
        assertThatThrownBy(() -> rewrite(bent))
                .hasMessageContaining("step0")
                .hasMessageContaining("no layer gives the same integers");
        var stuck = StoredTable.of(same, same, 1, (_, _) -> 5);
        assertThatThrownBy(() -> rewrite(stuck)).hasMessageContaining("no layer gives the same integers");
    }

    @Test
    void tablesAreAppliedOneAfterTheOther() {
        var same = stored(ElementType.UINT8, 0.1, 0);
        var plus = StoredTable.of(same, same, 1, (_, number) -> number + 1);
        var twice = StoredTable.of(same, same, 3, (channel, number) -> number * (channel + 1));
        assertThat(twice.after(plus).get(1, 9)).isEqualTo(20);
        assertThat(twice.after(plus))
                .isEqualTo(StoredTable.of(same, same, 3, (c, n) -> Math.min(n + 1, 255) * (c + 1)));
        assertThat(List.of(twice.after(plus).channels(), plus.after(plus).channels()))
                .containsExactly(3, 1);
    }
}
