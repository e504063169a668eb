package org.mobilenet4j.arch.technique;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.zoo.NetworkSpec;

/// Techniques as text, the names they leave, and what is said of those that do not fit.
class TechniqueParserTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "width=0.5",
                "resolution=0.714",
                "resolution=160",
                "separable",
                "standard",
                "global-pool",
                "kernel=1",
                "kernel=1:half",
                "kernel=1:conv3+conv4",
                "fire",
                "strides=2121",
                "strides=12,1",
                "early",
                "late",
                "even",
                "shuffle=4",
                "shallow",
                "narrow=307M",
                "narrow=307323392",
                "narrow=shallow",
                "narrow=width=0.5"
            })
    void textComesBack(String text) {
        var technique = Technique.parse(text);

        assertThat(technique).hasToString(text);
        assertThat(Technique.parse(technique.toString())).isEqualTo(technique);
    }

    @Test
    void listsHaveCommasOrSpaces() {
        var expected = List.of(new Strides(List.of(2, 1, 2)), new WidthMultiplier(0.5), new SeparableForStandard());

        assertThat(Technique.parseAll("strides=2,1,2,width=0.5,separable")).isEqualTo(expected);
        assertThat(Technique.parseAll(" strides=212  width=0.5, separable ")).isEqualTo(expected);
        assertThat(Technique.parseAll("")).isEmpty();
        assertThat(Technique.parseAll("narrow=307.5M,narrow=1.5G"))
                .containsExactly(new NarrowTo(307_500_000), new NarrowTo(1_500_000_000));
    }

    @ParameterizedTest
    @CsvSource({
        "mobilenet-v1, separable",
        "mobilenet-v1-conv, standard",
        "mobilenet-v1, width=1",
        "mobilenet-v1, resolution=224",
        "mobilenet-v1, global-pool",
        "mobilenet-v1, kernel=1",
        "vgg16, kernel=3",
        "mobilenet-v1, fire",
        "mobilenet-v1, strides=21212121111121",
        "vgg16, early",
        "squeezenet, late",
        "vgg16, shuffle=2",
        "googlenet, global-pool"
    })
    void whatChangesNothingIsRefused(String network, String technique) {
        var before = NetworkSpec.parse(network).network();

        assertThatThrownBy(() -> Technique.parse(technique).apply(before))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".+ changes nothing in " + before.name() + ": .+");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mobilenet-v1 | strides=2121 | 14 convolutions with more than one tap and needs as many strides",
                "mobilenet-v1 | shuffle=3 | conv_pw_1 makes 64 channels of 32, which 3 groups do not divide",
                "vgg16:32 | strides=2111111111111 | strides=2111111111111 does not fit vgg16-32: block5_pool: ",
                "vgg16 | kernel=1:conv1 | conv1 cannot be made smaller; the convolutions that can are block1_conv2",
                "vgg16 | resolution=0.05 | resolution=0.05 does not fit vgg16-224: block4_pool: ",
                "vgg16 | resolution=16384 | larger than the limit",
                "mobilenet-v1 | narrow=600M | 600,000,000 mult-adds, and the network has no more than 568,740,352",
                "mobilenet-v1 | narrow=1M | its narrowest form has 5,662,992 mult-adds",
                "mobilenet-v1 | narrow=standard | narrow=standard does not fit mobilenet-v1-1.0-224: it asks for 4,867"
            })
    void whatDoesNotFitIsRefused(String network, String technique, String message) {
        var before = NetworkSpec.parse(network).network();

        assertThatThrownBy(() -> Technique.parse(technique).apply(before))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wide=2 | there is no technique called 'wide'; the techniques are width=0.5, resolution=0.714, separable",
                "Separable | there is no technique called 'Separable'",
                "width | width needs a value, for example width=0.5",
                "width= | width needs a value",
                "width=x | width needs a number, not 'x'",
                "width=0 | width must lie above 0 and up to 16, not 0.0",
                "width=NaN | width must lie above 0",
                "resolution=-1 | resolution must be a multiplier above 0, or whole pixels from 32",
                "resolution=40.5 | whole pixels",
                "separable=2 | separable takes no value; leave out '=2'",
                "kernel=0 | kernel must be a size from 1 up, not 0",
                "kernel=a:half | kernel needs an integer",
                "strides=0121 | strides must be positive, not [0, 1, 2, 1]",
                "strides=2a1 | strides needs integers, for example strides=2121",
                "shuffle=1 | shuffle needs 2 groups or more, not 1",
                "shuffle=two | shuffle needs a number of groups",
                "narrow=0 | narrow needs a positive number of mult-adds, not 0",
                "narrow=3Q | narrow needs a number of mult-adds, for example narrow=307M, or a technique",
                "narrow=wide | there is no technique called 'wide'"
            })
    void badTextIsExplained(String text, String message) {
        assertThatThrownBy(() -> Technique.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void namesSayWhatWasApplied() {
        var network = NetworkSpec.parse("mobilenet-v1").network();
        for (var technique : Technique.parseAll("standard,kernel=1:half,width=0.5,resolution=160")) {
            network = technique.apply(network);
        }
        assertThat(network.name()).isEqualTo("mobilenet-v1-1.0-224-standard-kernel-1-half-width-0.5-resolution-160");
    }
}
