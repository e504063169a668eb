package org.mobilenet4j.formats.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.tensor.Tensor;

/// What becomes of idioms, whatever format they come from.
class GraphRewritesTest {
    private static final double NONE = Double.POSITIVE_INFINITY;

    private final Map<String, Tensor> weights = new LinkedHashMap<>();

    private GraphRewrites rewrite(GraphNode... nodes) {
        return new GraphRewrites(List.of(nodes), nodes.length, weights::put);
    }

    private List<Layer> layers(GraphNode... nodes) {
        var all = new ArrayList<Layer>();
        rewrite(nodes).nodes().forEach(node -> all.addAll(node.layers()));
        return all;
    }

    private static Conv conv(int channels) {
        return Conv.pointwise("conv", channels);
    }

    private static Idiom clip(double least, double most) {
        return new Idiom.Clip(least, most);
    }

    private static Idiom mul(double... values) {
        return Arithmetic.MUL.with(values, false);
    }

    private static Idiom add(double... values) {
        return Arithmetic.ADD.with(values, false);
    }

    private float[] weight(String name) {
        return Objects.requireNonNull(weights.get(name)).toArray();
    }

    @Test
    void reluAndAMinimumAreRelu6() {
        var made =
                layers(GraphNode.of("conv", 0, conv(4), Activation.relu("r")), GraphNode.of("min", 1, clip(-NONE, 6)));
        assertThat(made).containsExactly(conv(4), Activation.relu6("min"));
    }

    @Test
    void clipsMeetInAnyOrder() {
        assertThat(layers(GraphNode.of("a", 0, clip(0, NONE)), GraphNode.of("b", 1, clip(-NONE, 6))))
                .containsExactly(Activation.relu6("b"));
        assertThat(layers(GraphNode.of("a", 0, clip(-NONE, 6)), GraphNode.of("b", 1, clip(0, NONE))))
                .containsExactly(Activation.relu6("b"));
        assertThat(layers(GraphNode.of("a", 0, clip(-NONE, 6)), GraphNode.of("r", 1, Activation.relu("r"))))
                .containsExactly(Activation.relu6("r"));
        var three = layers(
                GraphNode.of("conv", 0, conv(4), Activation.relu("r")),
                GraphNode.of("min", 1, clip(-NONE, 6)),
                GraphNode.of("max", 2, clip(0, NONE)));
        assertThat(three).containsExactly(conv(4), Activation.relu6("max"));
    }

    @Test
    void aClipThatClipsNothingIsDropped() {
        assertThat(layers(GraphNode.of("conv", 0, conv(4)), GraphNode.of("c", 1, clip(-NONE, NONE))))
                .containsExactly(conv(4));
    }

    @Test
    void otherClipsAreNamed() {
        assertThatThrownBy(() -> layers(GraphNode.of("tight", 0, clip(-1, 1))))
                .isInstanceOf(BadValueException.class)
                .hasMessageStartingWith("tight clips from -1.0 to 1.0");
        // 6 first leaves nothing of what is between 7 and 8.
        assertThatThrownBy(() -> layers(GraphNode.of("a", 0, clip(-NONE, 6)), GraphNode.of("b", 1, clip(7, 8))))
                .hasMessageStartingWith("b clips from 7.0 to 7.0");
    }

    /// What two operators read stays as it is.
    @Test
    void branchesAreNotMixed() {
        var nodes = new GraphNode[] {
            GraphNode.of("conv", 0, conv(4), Activation.relu("r")),
            GraphNode.of("min", 1, clip(0, 6)),
            GraphNode.joining("sum", Parallel.Join.ADD, List.of(1, 2))
        };
        assertThat(layers(nodes)).containsExactly(conv(4), Activation.relu("r"), Activation.relu6("min"));
    }

    /// Nor do operators count that lead nowhere.
    @Test
    void deadEndsDoNotCount() {
        var nodes = List.of(
                GraphNode.of("conv", 0, conv(4), Activation.relu("r")),
                GraphNode.of("dead", 1, clip(3, 5)),
                GraphNode.of("min", 1, clip(-NONE, 6)));
        var rewritten = new GraphRewrites(nodes, 3, weights::put).nodes();
        assertThat(rewritten.get(2).layers()).containsExactly(Activation.relu6("min"));
        assertThat(rewritten.getFirst().layers()).containsExactly(conv(4));
    }

    @Test
    void whatScalesTheInputIsPreprocessing() {
        var rewrites = rewrite(
                GraphNode.of("mul", 0, mul(1 / 127.5, 1 / 127.5, 1 / 127.5)),
                GraphNode.of("sub", 1, Arithmetic.SUB.with(new double[] {1, 1, 1}, false)),
                GraphNode.of("conv", 2, conv(4)));
        assertThat(rewrites.scaling().range()).isEqualTo(PixelRange.BYTES);
        assertThat(rewrites.scaling().normalization()).isEqualTo(Normalization.SIGNED);
        assertThat(rewrites.nodes().stream().flatMap(node -> node.layers().stream()))
                .containsExactly(conv(4));
    }

    /// A photo's negative is no normalization.
    @Test
    void blackForWhiteStaysALayer() {
        var rewrites = rewrite(GraphNode.of("sub", 0, Arithmetic.SUB.with(new double[] {255}, true)));
        assertThat(rewrites.scaling().isScaled()).isFalse();
        assertThat(rewrites.nodes().getFirst().layers()).containsExactly(new BatchNorm("sub"));
        assertThat(weight("sub/beta")).containsExactly(255);
        assertThat(weight("sub/gamma")[0]).isNegative();
    }

    @Test
    void arithmeticIsABatchNormalization() {
        var made = layers(
                GraphNode.of("conv", 0, conv(2), Activation.relu("r")),
                GraphNode.of("mul", 1, mul(2, 4)),
                GraphNode.of("add", 2, add(1, -1)),
                GraphNode.of("div", 3, Arithmetic.DIV.with(new double[] {2, 2}, false)));
        assertThat(made).containsExactly(conv(2), Activation.relu("r"), new BatchNorm("div"));
        var gamma = weight("div/gamma");
        double deviation = Math.sqrt(1 + BatchNorm.DEFAULT_EPSILON);
        assertThat(gamma[0] / deviation).isCloseTo(1, within(1e-7));
        assertThat(gamma[1] / deviation).isCloseTo(2, within(1e-7));
        assertThat(weight("div/beta")).containsExactly(0.5f, -0.5f);
        assertThat(weight("div/moving_mean")).containsExactly(0, 0);
        assertThat(weight("div/moving_variance")).containsExactly(1, 1);
    }

    @Test
    void whatIsAddedToALayerWithoutABiasIsItsBias() {
        var made = layers(GraphNode.of("conv", 0, conv(2)), GraphNode.of("add", 1, add(3, 4)));
        assertThat(made).containsExactly(conv(2).withBias());
        assertThat(weight("conv/bias")).containsExactly(3, 4);
    }

    @Test
    void arithmeticThatChangesNothingIsDropped() {
        assertThat(layers(
                        GraphNode.of("conv", 0, conv(2)),
                        GraphNode.of("mul", 1, mul(2, 2)),
                        GraphNode.of("half", 2, mul(0.5, 0.5))))
                .containsExactly(conv(2));
        assertThat(weights).isEmpty();
    }

    @Test
    void whatIsNotLinearIsRefused() {
        assertThatThrownBy(() -> Arithmetic.DIV.with(new double[] {1}, true)).hasMessageContaining("divides by");
        assertThatThrownBy(() -> Arithmetic.DIV.with(new double[] {0}, false)).hasMessageContaining("divides by");
        assertThatThrownBy(() -> Arithmetic.MIN.with(new double[] {1, 2}, false))
                .hasMessageContaining("each channel");
    }
}
