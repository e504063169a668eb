package org.mobilenet4j.arch.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    @Test
    void everyNameBuildsItsPublishedNetwork() {
        assertThat(Networks.names())
                .containsExactly(
                        "mobilenet-v1",
                        "mobilenet-v1-conv",
                        "mobilenet-v1-shallow",
                        "alexnet",
                        "vgg16",
                        "googlenet",
                        "squeezenet");
        assertThat(Networks.names().stream()
                        .map(name -> NetworkSpec.parse(name).network().name()))
                .containsExactly(
                        "mobilenet-v1-1.0-224",
                        "mobilenet-v1-conv-1.0-224",
                        "mobilenet-v1-shallow-1.0-224",
                        "alexnet-227",
                        "vgg16-224",
                        "googlenet-224",
                        "squeezenet-227");
    }

    @ParameterizedTest
    @CsvSource({
        "mobilenet-v1:0.5:160, mobilenet-v1-0.5-160",
        "mobilenet-v1:0.25, mobilenet-v1-0.25-224",
        "mobilenet-v1:1:32, mobilenet-v1-1.0-32",
        "mobilenet-v1:160, mobilenet-v1-1.0-160",
        "vgg16:128, vgg16-128"
    })
    void oneWordSaysAlphaAndResolution(String text, String name) {
        assertThat(NetworkSpec.parse(text).network().name()).isEqualTo(name);
    }

    @Test
    void whatTheWordSaysGoesBeforeOtherOptions() {
        var network = NetworkSpec.parse("mobilenet-v1:0.5")
                .network(OptionalDouble.of(0.25), OptionalInt.of(128), OptionalInt.of(10));

        assertThat(network.name()).isEqualTo("mobilenet-v1-0.5-128");
        assertThat(network.output().channels()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mobilenet-v1:",
                "mobilenet-v1:x",
                "mobilenet-v1:NaN",
                "mobilenet-v1:160.5",
                "mobilenet-v1:0.5:0.25",
                "mobilenet-v1:160:0.5",
                "mobilenet-v1:0.5:160:3",
                "mobilenet-v1:99999999999"
            })
    void badWordsAreExplained(String text) {
        assertThatThrownBy(() -> NetworkSpec.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text)
                .hasMessageContaining("NAME:ALPHA:RESOLUTION");
    }

    @Test
    void optionsThatDoNotApplyAreRefused() {
        assertThatThrownBy(() -> NetworkSpec.parse("vgg16:0.5").network())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vgg16 has no width multiplier");
        assertThatThrownBy(() -> NetworkSpec.parse("resnet").network())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("resnet")
                .hasMessageContaining("mobilenet-v1, mobilenet-v1-conv");
        assertThatThrownBy(() ->
                        Networks.network("vgg16", OptionalDouble.empty(), OptionalInt.of(-1), OptionalInt.empty()))
                .hasMessageContaining("resolution");
    }
}
