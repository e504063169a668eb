package org.mobilenet4j.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;

class PeerWeightsTest {
    /// Weights with which activations vanish or one class always wins would agree whatever an engine computed.
    @Test
    void outputsDependOnTheImage() {
        var network = MobileNetV1.of(1.0, 96, 1000).network();
        var model = new Model(network, Weights.random(network, 3), List.of(), Preprocessing.TF_SLIM);
        var session = Session.open(FoldedModel.of(model));
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
}
