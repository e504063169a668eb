package org.mobilenet4j.arch.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Parameter;
import org.mobilenet4j.tensor.Shape;

/// AlexNet, VGG16, GoogLeNet and SqueezeNet against what their papers and published files say.
class PublishedNetworksTest {
    private static Shape output(Network network, String layer) {
        return network.nodes().stream()
                .filter(node -> node.name().equals(layer))
                .findFirst()
                .orElseThrow()
                .output();
    }

    /// With biases: the number of values in the published files.
    @ParameterizedTest
    @CsvSource({"alexnet, 60965224", "vgg16, 138357544", "googlenet, 6998552", "squeezenet, 1248424"})
    void parametersAreThoseOfThePublishedFiles(String name, long parameters) {
        var network = NetworkSpec.parse(name).network();

        assertThat(network.parameters().values().stream()
                        .mapToLong(Parameter::size)
                        .sum())
                .isEqualTo(parameters);
        assertThat(network.output()).isEqualTo(Shape.vector(1000));
    }

    @Test
    void alexNetSeesHalfTheChannelsInThreeConvolutions() {
        var network = AlexNet.of(227, 1000).network();

        assertThat(output(network, "conv1")).isEqualTo(new Shape(55, 55, 96));
        assertThat(output(network, "pool1")).isEqualTo(new Shape(27, 27, 96));
        assertThat(output(network, "pool2")).isEqualTo(new Shape(13, 13, 256));
        assertThat(output(network, "flatten")).isEqualTo(Shape.vector(9216));
        assertThat(network.parameters().entrySet().stream()
                        .filter(entry -> entry.getKey().matches("conv./kernel"))
                        .map(entry -> entry.getValue().dims().get(2)))
                .containsExactly(3, 48, 256, 192, 192);
    }

    @Test
    void vgg16HalvesFiveTimes() {
        var network = Vgg16.of(224, 1000).network();

        assertThat(output(network, "block1_conv2")).isEqualTo(new Shape(224, 224, 64));
        assertThat(output(network, "block5_pool")).isEqualTo(new Shape(7, 7, 512));
        assertThat(output(network, "flatten")).isEqualTo(Shape.vector(25088));
    }

    @ParameterizedTest
    @CsvSource({
        "pool1_3x3_s2, 56, 64", "pool2_3x3_s2, 28, 192",
        "inception_3a_output, 28, 256", "inception_3b_output, 28, 480",
        "inception_4a_output, 14, 512", "inception_4d_output, 14, 528",
        "inception_4e_output, 14, 832", "inception_5b_output, 7, 1024"
    })
    void googLeNetFollowsItsTable(String layer, int size, int channels) {
        assertThat(output(GoogLeNet.of(224, 1000).network(), layer)).isEqualTo(new Shape(size, size, channels));
    }

    @ParameterizedTest
    @CsvSource({
        "conv1, 111, 96", "pool1, 55, 96", "fire2_squeeze1x1, 55, 16", "fire2_concat, 55, 128",
        "pool4, 27, 256", "fire7_concat, 27, 384", "pool8, 13, 512", "conv10, 13, 1000"
    })
    void squeezeNetFollowsItsTable(String layer, int size, int channels) {
        assertThat(output(SqueezeNet.of(227, 1000).network(), layer)).isEqualTo(new Shape(size, size, channels));
    }

    /// Caffe's rule, `ceil((n - k) / s) + 1`: one more than rounding down where the last window reaches past the end.
    @ParameterizedTest
    @CsvSource({"3, 2, 4, 2", "3, 2, 5, 2", "3, 2, 6, 3", "3, 2, 54, 27", "3, 2, 2, 1", "3, 2, 1, 1", "2, 2, 7, 4"})
    void poolingRoundsUp(int window, int stride, int size, int expected) {
        var chain = new Chain(new Shape(size, size + 2, 8)).maxPool("pool", window, stride);

        assertThat(chain.shape().height()).isEqualTo(expected);
        assertThat(chain.shape().width()).isEqualTo(Math.max(1, Math.ceilDiv(size + 2 - window, stride) + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alexnet", "vgg16", "googlenet", "squeezenet"})
    void anySizeAndNumberOfClasses(String name) {
        for (int resolution : new int[] {95, 128, 161, 224, 299}) {
            var network = Networks.network(name, OptionalDouble.empty(), OptionalInt.of(resolution), OptionalInt.of(7));

            assertThat(network.output()).isEqualTo(Shape.vector(7));
            assertThat(network.name()).isEqualTo(name + "-" + resolution);
        }
    }

    @Test
    void badClassesAreNamed() {
        assertThatThrownBy(() -> AlexNet.of(227, 0)).hasMessageContaining("classes of alexnet");
        assertThatThrownBy(() -> Vgg16.of(224, -1)).hasMessageContaining("classes of vgg16");
        assertThatThrownBy(() -> GoogLeNet.of(224, 0)).hasMessageContaining("classes of googlenet");
        assertThatThrownBy(() -> SqueezeNet.of(227, 1_000_001)).hasMessageContaining("classes of squeezenet");
        assertThatThrownBy(() -> Vgg16.of(31, 10).network()).hasMessageContaining("block5_pool");
    }
}
