package org.mobilenet4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.tensor.Shape;

class FoldedModelTest {
    private static Model model(Network network) {
        return new Model(network, Weights.random(network, 3), List.of(), Preprocessing.TF_SLIM, Map.of("a", "note"));
    }

    private static void assertComputesTheSame(Model model, Model folded) {
        var image = new float[model.network().input().elements()];
        var random = new Random(4);
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextFloat(-1, 1);
        }
        var expected = Session.open(model).run(image, 1);
        float largest = 1;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(Session.open(folded).run(image, 1)).containsExactly(expected, within(1e-6f * largest));
    }

    @Test
    void aMobileNetHasNoneLeft() {
        var model = model(MobileNetV1.of(0.25, 64, 100).network());

        var folded = FoldedModel.of(model);

        assertThat(folded.network().nodes())
                .noneMatch(node -> node.layer() instanceof BatchNorm || node.layer() instanceof Dropout);
        assertThat(folded.network().nodes().getFirst().layer())
                .isEqualTo(
                        Conv.of("conv1", 8, Window.square(3, 2, Padding.SAME)).withBias());
        assertThat(folded.notes()).isEqualTo(model.notes());
        assertComputesTheSame(model, folded);
        assertThat(FoldedModel.of(folded)).isSameAs(folded);
    }

    @Test
    void everyLinearLayerTakesItsNormalization() {
        var body = Sequence.of(
                Sequence.of(new Conv("grouped", 6, Window.square(3, 1, Padding.SAME), 3, true)),
                new Dropout("dropout", 0.5),
                Sequence.of(new BatchNorm("grouped_bn", 0.25)),
                new DepthwiseConv("dw", Window.square(3, 8, Padding.VALID), 2, false),
                new BatchNorm("dw_bn"),
                new Dense("dense", 5, false),
                new BatchNorm("dense_bn"));
        var model = model(new Network("test", new Shape(9, 8, 3), body));

        var folded = FoldedModel.of(model);

        assertThat(folded.network().body())
                .isEqualTo(Sequence.of(
                        new Conv("grouped", 6, Window.square(3, 1, Padding.SAME), 3, true),
                        new DepthwiseConv("dw", Window.square(3, 8, Padding.VALID), 2, true),
                        Dense.of("dense", 5)));
        assertComputesTheSame(model, folded);
    }

    @Test
    void normalizationsOfOtherThingsBecomeConvolutions() {
        List<Layer> branches = List.of(
                Sequence.of(new BatchNorm("inside")),
                Sequence.of(Conv.pointwise("branch", 4), new BatchNorm("branch_bn"), new BatchNorm("second")));
        var body = Sequence.of(
                new BatchNorm("first"),
                Conv.pointwise("read_twice", 4),
                new Parallel("add", Parallel.Join.ADD, branches),
                new BatchNorm("of_a_sum"),
                Activation.relu("relu"),
                new BatchNorm("of_a_relu"));
        var model = model(new Network("test", new Shape(3, 4, 2), body));

        var folded = FoldedModel.of(model);

        assertThat(folded.network().nodes().stream().map(node -> node.name()))
                .containsExactly(
                        "first", "read_twice", "inside", "branch", "second", "add", "of_a_sum", "relu", "of_a_relu");
        assertThat(folded.network().nodes()).noneMatch(node -> node.layer() instanceof BatchNorm);
        assertComputesTheSame(model, folded);
    }
}
