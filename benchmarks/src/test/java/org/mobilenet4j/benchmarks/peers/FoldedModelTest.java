package org.mobilenet4j.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.MobileNetV1;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;

class FoldedModelTest {
    private static Model random(Network network) {
        return new Model(network, Weights.random(network, 3), List.of(), Preprocessing.TF_SLIM);
    }

    @Test
    void computesTheSameWithoutNormalisation() {
        var model = random(MobileNetV1.of(0.25, 64, 1000).network());
        var folded = FoldedModel.of(model);
        var image = new float[model.network().input().elements()];
        var random = new Random(4);
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextFloat(-1, 1);
        }

        var output = Session.open(folded).run(image, 1);

        assertThat(folded.network().nodes()).noneMatch(node -> node.layer() instanceof BatchNorm);
        assertThat(new Agreement(Session.open(model).run(image, 1)).check("folded", output))
                .isLessThan(1e-6);
    }

    /// Weights under which activations die or one class takes all would agree whatever an engine
    /// computed.
    @Test
    void outputsDependOnTheImage() {
        var session =
                Session.open(FoldedModel.of(random(MobileNetV1.of(1.0, 96, 1000).network())));
        var image = new float[session.plan().inputShape().elements()];
        java.util.Arrays.fill(image, 0.5f);
        var random = new Random(5);
        var plain = session.run(image, 1);
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextFloat(-1, 1);
        }

        var output = session.run(image, 1);

        float largest = 0;
        float difference = 0;
        for (int i = 0; i < output.length; i++) {
            largest = Math.max(largest, output[i]);
            difference = Math.max(difference, Math.abs(output[i] - plain[i]));
        }
        assertThat(largest).isBetween(0.002f, 0.9f);
        assertThat(difference).isGreaterThan(0.1f * largest);
    }

    @Test
    void refusesANormalisationThatFollowsNoConvolution() {
        var network = new Network("odd", new Shape(8, 8, 3), Sequence.of(new BatchNorm("bn")));

        assertThatThrownBy(() -> FoldedModel.of(random(network))).hasMessage("bn follows no convolution");
    }
}
