package org.mobilenet4j.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;

class QuantizedWorkloadTest {
    @Test
    void aNetworkBecomesInt8WithAScaleForEachChannelAndProbabilitiesThatDiffer() {
        var network = MobileNetV1.of(0.25, 64, 1000).network();
        var floats = new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM);
        var random = new SplittableRandom(2);
        var image = new float[network.input().elements()];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) random.nextDouble(-1, 1);
        }

        var quantized = QuantizedWorkload.quantized(floats, image);

        var kernel = quantized.weights().get("conv_pw_13/kernel");
        assertThat(kernel.type()).isEqualTo(ElementType.INT8);
        assertThat(kernel.quantization().orElseThrow().channels()).isEqualTo(256);
        var probabilities = Session.open(quantized, SessionOptions.DEFAULT).run(image, 1);
        Arrays.sort(probabilities);
        assertThat(probabilities[999]).isBetween(0.03f, 0.5f);
    }
}
