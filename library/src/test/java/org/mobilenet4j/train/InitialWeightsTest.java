package org.mobilenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;

class InitialWeightsTest {
    /// The mean square of a kernel times its fan-in.
    private static double variance(Network network, String kernel, int fanIn) {
        double sum = 0;
        var values = InitialWeights.of(network, 5).get(kernel).toArray();
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum / values.length * fanIn;
    }

    /// The squared norm of a filter decides how fast it turns: a third in MobileNets, two where each convolution sees
    /// all channels.
    @Test
    void filtersBeforeBatchNormAreShortInMobileNets() {
        var separable = MobileNetV1.of(1, 32, 10).network();
        assertThat(variance(separable, "conv_pw_6/kernel", 256)).isCloseTo(1 / 3.0, within(0.01));
        assertThat(variance(separable, "conv_dw_12/depthwise_kernel", 9)).isCloseTo(1 / 3.0, within(0.03));
        assertThat(variance(separable, "conv_preds/kernel", 1024)).isCloseTo(1024 * 1e-4, within(0.01));
        var full = MobileNetV1.of(0.5, 32, 10)
                .withVariant(MobileNetV1.Variant.CONV)
                .network();
        assertThat(variance(full, "conv_6/kernel", 9 * 128)).isCloseTo(2, within(0.05));
    }

    /// Without batch normalization the scale is that of the feature maps, and stays.
    @Test
    void filtersWithoutBatchNormKeepTheScaleOfTheirInput() {
        var network = MobileNetV1.of(1, 32, 10).network();
        var model = new Model(network, InitialWeights.of(network, 1), List.of(), Preprocessing.TF_SLIM);
        assertThat(variance(FoldedModel.of(model).network(), "conv_pw_6/kernel", 256))
                .isCloseTo(2, within(0.05));
    }
}
