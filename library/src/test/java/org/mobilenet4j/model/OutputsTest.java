package org.mobilenet4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;

/// The end of a network tells what its outputs mean, whatever moves the values afterwards.
class OutputsTest {
    private static Network network(Layer... layers) {
        return new Network("small", new Shape(4, 4, 3), Sequence.of(layers));
    }

    private static void assertTold(Outputs expected, Layer... layers) {
        var meaning = OutputMeaning.of(network(layers), Optional.empty(), false);
        assertThat(meaning.outputs()).isEqualTo(expected);
        assertThat(meaning.isAssumed()).isFalse();
    }

    private static Model model(List<String> labels, Layer... layers) {
        var network = network(layers);
        return new Model(network, Weights.random(network, 1), labels, Preprocessing.TF_SLIM);
    }

    @Test
    void theLastLayersTell() {
        var pool = new GlobalAveragePool("pool");
        var dense = Dense.of("fc", 5);
        assertTold(Outputs.PROBABILITIES, pool, dense, new Softmax("end"));
        assertTold(Outputs.PROBABILITIES, Conv.pointwise("c", 5), new Softmax("s"), new GlobalAveragePool("pool"));
        assertTold(Outputs.PROBABILITIES, pool, dense, new Softmax("s"), new Dropout("drop", 0.1), new Flatten("f"));
        assertTold(Outputs.SIGMOIDS, pool, dense, new Sigmoid("end"));
        assertTold(Outputs.ONE_SIGMOID, pool, Dense.of("fc", 1), new Sigmoid("end"));
        assertTold(Outputs.ONE_SIGMOID, pool, Conv.pointwise("c", 1), new Sigmoid("end"), new Flatten("flat"));
        assertTold(Outputs.LOGITS, pool, dense);
        assertTold(Outputs.LOGITS, pool, dense, new BatchNorm("bn"));
        assertTold(Outputs.LOGITS, Conv.pointwise("c", 5), new GlobalAveragePool("pool"), new Flatten("flat"));
        assertTold(Outputs.FEATURES, Conv.pointwise("c", 5));
        assertTold(Outputs.FEATURES, Conv.pointwise("c", 5), new Softmax("map"));
        assertTold(Outputs.FEATURES, Conv.pointwise("c", 5), new Flatten("flat"));
        assertTold(Outputs.LOGITS, Conv.pointwise("c", 5), new Flatten("flat"), dense);
    }

    /// Boxes and scores of many pixels; that they are a detector's, anchors say.
    @Test
    void predictorsOfADetectorAreNoClasses() {
        var detector = SsdMobileNetV1.of(0.25, 64, 2).network();

        var meaning = OutputMeaning.of(detector, Optional.empty(), false);

        assertThat(meaning.outputs()).isEqualTo(Outputs.FEATURES);
        assertThat(meaning.isAssumed()).isFalse();
    }

    @Test
    void branchesTellTogether() {
        for (var join : Parallel.Join.values()) {
            var sigmoids = new Parallel(
                    "join",
                    join,
                    List.of(
                            Sequence.of(Dense.of("a", 2), new Sigmoid("s")),
                            Sequence.of(Dense.of("b", 2), new Sigmoid("t"))));
            var logits = new Parallel("join", join, List.of(Dense.of("a", 2), Dense.of("b", 2)));
            boolean isConcatenation = join == Parallel.Join.CONCATENATE;
            var pool = new GlobalAveragePool("pool");
            assertThat(OutputMeaning.of(network(pool, sigmoids), Optional.empty(), false)
                            .outputs())
                    .isEqualTo(isConcatenation ? Outputs.SIGMOIDS : Outputs.FEATURES);
            assertThat(OutputMeaning.of(network(pool, logits), Optional.empty(), false)
                            .outputs())
                    .isEqualTo(join == Parallel.Join.MULTIPLY ? Outputs.FEATURES : Outputs.LOGITS);
        }
    }

    /// Each layer is looked at once, though the ways through them double with every join.
    @Test
    @Timeout(20)
    void manyJoinsTakeNoTime() {
        var layers = new ArrayList<Layer>(List.of(new GlobalAveragePool("pool"), Dense.of("fc", 2)));
        for (int i = 0; i < 200; i++) {
            layers.add(new Parallel(
                    "add" + i, Parallel.Join.ADD, List.of(new Dropout("a" + i, 0.1), new Dropout("b" + i, 0.1))));
        }
        assertTold(Outputs.LOGITS, layers.toArray(Layer[]::new));
    }

    @Test
    void whatIsInDoubtIsAssumedAndSaid() {
        var relu = new Layer[] {new GlobalAveragePool("pool"), Dense.of("fc", 2), Activation.relu("relu")};
        var embedding = model(List.of(), relu);
        assertThat(embedding.outputs()).isEqualTo(Outputs.FEATURES);
        assertThat(embedding.assumptions()).containsOnlyKeys("outputs");

        var labeled = embedding.withLabels(List.of("a", "b"));
        assertThat(labeled.outputs()).isEqualTo(Outputs.LOGITS);
        assertThat(labeled.assumptions().get("outputs"))
                .startsWith("logits, assumed: ")
                .contains("labels");
        assertThat(embedding
                        .withOutputs(Outputs.SIGMOIDS)
                        .withLabels(List.of("a", "b"))
                        .outputs())
                .isEqualTo(Outputs.SIGMOIDS);

        var one = model(List.of(), new GlobalAveragePool("pool"), Dense.of("fc", 1));
        assertThat(one.assumptions().get("outputs")).startsWith("one-logit, assumed: ");
        assertThat(one.withOutputs(Outputs.FEATURES).assumptions()).isEmpty();
        assertThat(one.withOutputs(Outputs.FEATURES).classes()).isEqualTo(1);
    }

    /// A converter cut the softmax off, or put it into the last operator: the stored range still tells.
    @Test
    void aRangeFromZeroToOneIsOfProbabilities() {
        var network = network(new GlobalAveragePool("pool"), Dense.of("fc", 2));
        for (var type : List.of(ElementType.INT8, ElementType.UINT8)) {
            var stored = new LinkedHashMap<String, ActivationQuantization>();
            stored.put("pool", new ActivationQuantization(type, 0.1f, 0));
            stored.put("fc", new ActivationQuantization(type, 1 / 256f, type.least()));
            var maps = new NetworkQuantization(stored.get("pool"), stored);
            var meaning = OutputMeaning.of(network, Optional.of(maps), false);
            assertThat(meaning.outputs()).isEqualTo(Outputs.PROBABILITIES);
            assertThat(meaning.isAssumed()).isTrue();

            stored.put("fc", new ActivationQuantization(type, 0.1f, type.least()));
            var others = new NetworkQuantization(stored.get("pool"), stored);
            assertThat(OutputMeaning.of(network, Optional.of(others), false).outputs())
                    .isEqualTo(Outputs.LOGITS);
        }
    }

    @Test
    void namesComeBackAndOthersAreRefused() {
        for (var outputs : Outputs.values()) {
            assertThat(Outputs.named(outputs.toString())).isEqualTo(outputs);
        }
        assertThatThrownBy(() -> Outputs.named("scores")).hasMessageContaining("probabilities, logits, sigmoids");
        var two = model(List.of(), new GlobalAveragePool("pool"), Dense.of("fc", 2));
        assertThatThrownBy(() -> two.withOutputs(Outputs.ONE_SIGMOID)).hasMessageContaining("2 outputs");
        var one = model(List.of(), new GlobalAveragePool("pool"), Dense.of("fc", 1), new Sigmoid("end"));
        assertThatThrownBy(() -> one.withLabels(List.of("a", "b", "c")))
                .hasMessageContaining("one label for each class");
    }
}
