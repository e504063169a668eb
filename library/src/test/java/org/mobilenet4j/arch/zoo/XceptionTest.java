package org.mobilenet4j.arch.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Parameter;
import org.mobilenet4j.tensor.Shape;

class XceptionTest {
    private static final Shape MIDDLE = new Shape(19, 19, 728);

    @Test
    void nothingStandsBetweenTheHalvesOfASeparableConvolution() {
        var nodes = new Network("test", MIDDLE, Xception.middle("block5")).nodes();

        assertThat(nodes.stream().filter(node -> node.layer() instanceof DepthwiseConv))
                .hasSize(3)
                .allSatisfy(depthwise -> {
                    var next = nodes.get(depthwise.id());
                    assertThat(next.inputs()).containsExactly(depthwise.id());
                    assertThat(next.layer()).isInstanceOf(Conv.class);
                });
    }

    /// Keras's `block5`: three times `728 * 9 + 728 * 728` and four vectors of 728.
    @Test
    void middleBlockHasTheParametersOfKeras() {
        var network = new Network("test", MIDDLE, Xception.middle("block5"));

        assertThat(network.output()).isEqualTo(MIDDLE);
        assertThat(network.parameters().values().stream()
                        .mapToLong(Parameter::size)
                        .sum())
                .isEqualTo(3L * (728 * 9 + 728 * 728 + 4 * 728));
        assertThat(network.parameters()).containsKey("block5_sepconv1_dw/depthwise_kernel");
    }

    @Test
    void halvingBlockChangesTheChannels() {
        var network = new Network("test", new Shape(109, 109, 128), Xception.halving("block3", List.of(256, 256)));

        assertThat(network.output()).isEqualTo(new Shape(55, 55, 256));
    }

    @Test
    void middleBlockNeedsItsChannels() {
        assertThatThrownBy(() -> new Network("test", new Shape(19, 19, 512), Xception.middle("block5")))
                .hasMessageContaining("block5_add")
                .hasMessageContaining("19x19x512");
    }
}
