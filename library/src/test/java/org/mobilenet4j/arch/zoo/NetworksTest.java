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
                        "squeezenet",
                        "ssd-mobilenet-v1",
                        "ssdlite-mobilenet-v1");
        assertThat(Networks.names().stream()
                        .map(name -> NetworkSpec.parse(name).network().name()))
                .containsExactly(
                        "mobilenet-v1-1.0-224",
                        "mobilenet-v1-conv-1.0-224",
                        "mobilenet-v1-shallow-1.0-224",
                        "alexnet-227",
                        "vgg16-224",
                        "googlenet-224",
                        "squeezenet-227",
                        "ssd-mobilenet-v1-1.0-300",
                        "ssdlite-mobilenet-v1-1.0-300");
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
        assertThat(Networks.network(text).name()).isEqualTo(name);
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

    @ParameterizedTest
    @CsvSource({
        "mobilenet_v1, mobilenet-v1",
        "mobilenet_v1:0.5:160, mobilenet-v1:0.5:160",
        "mobilenet_v1_1.0_224, mobilenet-v1:1:224",
        "mobilenet_v1_0.25_128, mobilenet-v1:0.25:128",
        "mobilenet_v1_0.25_128_quant, mobilenet-v1:0.25:128",
        "google/mobilenet_v1_0.75_192, mobilenet-v1:0.75:192",
        "mobilenet_v1_050, mobilenet-v1:0.5",
        "mobilenet_v1_0.5:96, mobilenet-v1:0.5:96",
        "mobilenet_1_0_224_tf, mobilenet-v1:1:224",
        "mobilenet_2_5_128_tf, mobilenet-v1:0.25:128",
        "mobilenet_7_5_160_tf_no_top, mobilenet-v1:0.75:160",
        "mobilenet_0.50_192, mobilenet-v1:0.5:192",
        "mobilenet_1.00_224, mobilenet-v1:1:224",
        "mobilenetv1_100, mobilenet-v1:1",
        "mobilenetv1_125, mobilenet-v1:1.25",
        "mobilenetv1_100.ra4_e3600_r224_in1k, mobilenet-v1:1:224",
        "timm/mobilenetv1_125.ra4_e3600_r256_in1k, mobilenet-v1:1.25:256"
    })
    void namesOfOthersAreUnderstood(String published, String ours) {
        assertThat(NetworkSpec.parse(published)).isEqualTo(NetworkSpec.parse(ours));
    }

    /// timm's `h` has another head, and v2 is another network.
    @ParameterizedTest
    @ValueSource(strings = {"mobilenetv1_100h", "mobilenet_v2_1.0_224", "mobilenet_v1_1.0_224_cat", "mobilenetv1_1"})
    void otherNetworksAreNotMistakenForOurs(String other) {
        assertThatThrownBy(() -> NetworkSpec.parse(other).network()).hasMessageContaining("no network called " + other);
    }

    @Test
    void mistypedNamesAreSuggested() {
        assertThatThrownBy(() -> NetworkSpec.parse("mobilnet-v1-conv").network())
                .hasMessageContaining("did you mean mobilenet-v1-conv?");
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
