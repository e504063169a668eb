package org.mobilenet4j.arch.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.tensor.Shape;

class MobileNetV1Test {
    private static Node node(Network network, String name) {
        return network.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shapesFollowTableOne() {
        var network = MobileNetV1.of(1.0, 224, 1000).network();

        assertThat(node(network, "conv1").output()).isEqualTo(new Shape(112, 112, 32));
        assertThat(node(network, "conv_dw_2").output()).isEqualTo(new Shape(56, 56, 64));
        assertThat(node(network, "conv_pw_6").output()).isEqualTo(new Shape(14, 14, 512));
        assertThat(node(network, "conv_dw_13").output()).isEqualTo(new Shape(7, 7, 1024));
        assertThat(node(network, "conv_pw_13").output()).isEqualTo(new Shape(7, 7, 1024));
        assertThat(network.output()).isEqualTo(Shape.vector(1000));
        assertThat(network.nodes().stream()
                        .filter(node -> node.layer() instanceof Conv
                                || node.layer() instanceof DepthwiseConv
                                || node.layer() instanceof Dense)
                        .count())
                .isEqualTo(28);
    }

    @ParameterizedTest
    @CsvSource({"1.0, 32, 1024", "0.75, 24, 768", "0.5, 16, 512", "0.25, 8, 256", "0.1, 8, 102", "0.01, 8, 10"})
    void alphaScalesChannelsDownToTheFloor(double alpha, int stem, int last) {
        var network = MobileNetV1.of(alpha, 128, 0).network();

        assertThat(node(network, "conv1").output().channels()).isEqualTo(stem);
        assertThat(network.output().channels()).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({"32, 7, 7, 1", "16, 14, 14, 2", "8, 28, 28, 4"})
    void outputStrideTurnsStridesIntoDilation(int outputStride, int rows, int columns, int lastDilation) {
        var network = MobileNetV1.of(1.0, 224, 0).withOutputStride(outputStride).network();

        assertThat(network.output()).isEqualTo(new Shape(rows, columns, 1024));
        var last = (DepthwiseConv) node(network, "conv_dw_13").layer();
        assertThat(last.window().dilation()).isEqualTo(lastDilation);
    }

    @Test
    void oddAndOblongInputsRoundUpWithSamePadding() {
        var oblong = MobileNetV1.of(0.25, 224, 0).withInput(new Shape(97, 161, 3));

        assertThat(oblong.network().output()).isEqualTo(new Shape(4, 6, 256));
        assertThat(oblong.name()).isEqualTo("mobilenet-v1-0.25-97x161");
    }

    @Test
    void kerasPaddingRoundsDownOnOddMaps() {
        var keras = MobileNetV1.of(1.0, 224, 0)
                .withInput(new Shape(97, 97, 3))
                .withPadding(new Padding.Explicit(0, 1, 0, 1))
                .network();

        assertThat(node(keras, "conv1").output().height()).isEqualTo(49);
        assertThat(node(keras, "conv_dw_2").output().height()).isEqualTo(24);
        assertThat(keras.output().height()).isEqualTo(3);
    }

    @Test
    void variants() {
        var conv = MobileNetV1.of(1.0, 224, 1000)
                .withVariant(MobileNetV1.Variant.CONV)
                .network();
        assertThat(conv.nodes().stream().filter(n -> n.layer() instanceof DepthwiseConv))
                .isEmpty();
        assertThat(node(conv, "conv_13").output()).isEqualTo(new Shape(7, 7, 1024));

        var shallow = MobileNetV1.of(1.0, 224, 1000)
                .withVariant(MobileNetV1.Variant.SHALLOW)
                .network();
        assertThat(shallow.nodes().stream()
                        .filter(n -> n.layer() instanceof DepthwiseConv)
                        .map(n -> n.output().toString())
                        .collect(Collectors.joining(" ")))
                .isEqualTo("112x112x32 56x56x64 56x56x128 28x28x128 28x28x256 14x14x256 7x7x512 7x7x1024");
    }

    @Test
    void badOptionsAreNamed() {
        assertThatThrownBy(() -> MobileNetV1.of(0, 224, 10)).hasMessageContaining("alpha");
        assertThatThrownBy(() -> MobileNetV1.of(1, 31, 10)).hasMessageContaining("32x32");
        assertThatThrownBy(() -> MobileNetV1.of(1, 224, -1)).hasMessageContaining("classes");
        assertThatThrownBy(() -> MobileNetV1.of(1, 224, 10).withOutputStride(4)).hasMessageContaining("output stride");
    }
}
