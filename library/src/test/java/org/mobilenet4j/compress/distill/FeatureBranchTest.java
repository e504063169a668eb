package org.mobilenet4j.compress.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.arch.zoo.SqueezeNet;

class FeatureBranchTest {
    @Test
    void featuresStandBehindTheScores() {
        var network = MobileNetV1.of(0.25, 32, 7).network();
        var taught = FeatureBranch.of(network, 100);
        assertThat(taught.output().elements()).isEqualTo(107);
        var more = taught.parameters();
        assertThat(more.sequencedKeySet()).containsAll(network.parameters().keySet());
        assertThat(more.size()).isEqualTo(network.parameters().size() + 2);
        assertThat(more.keySet()).contains("teacher_features/kernel", "teacher_features/bias");
    }

    /// Those of the same width are compared as they are.
    @Test
    void needsNoProjectionWhereWidthsAgree() {
        var network = MobileNetV1.of(0.25, 32, 7).network();
        var taught = FeatureBranch.of(network, 256);
        assertThat(taught.output().elements()).isEqualTo(263);
        assertThat(taught.parameters()).isEqualTo(network.parameters());
    }

    @Test
    void wantsPoolingBeforeTheLastLayer() {
        assertThatThrownBy(() -> FeatureBranch.of(SqueezeNet.of(227, 10).network(), 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no features to match");
    }
}
