package org.mobilenet4j.arch.technique;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.zoo.Chain;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.arch.zoo.MobileNetV1.Variant;
import org.mobilenet4j.arch.zoo.NetworkSpec;
import org.mobilenet4j.arch.zoo.SqueezeNet;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1.Predictors;
import org.mobilenet4j.tensor.Shape;

/// What a technique makes of a network is the network that is written down elsewhere, where there is one.
class TechniqueTest {
    private static Network applied(Network network, String techniques) {
        var now = network;
        for (var technique : Technique.parseAll(techniques)) {
            now = technique.apply(now);
        }
        return now;
    }

    private static Network applied(String network, String techniques) {
        return applied(NetworkSpec.parse(network).network(), techniques);
    }

    private static List<Padding> paddings() {
        return List.of(Padding.SAME, Padding.SYMMETRIC, new Padding.Explicit(0, 1, 0, 1));
    }

    private static List<Shape> inputs(Network network) {
        return network.nodes().stream().map(Node::input).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 16, 8})
    void convMobileNetAndMobileNetAreEachOther(int outputStride) {
        for (var padding : paddings()) {
            var table = MobileNetV1.of(0.5, 96, 10).withPadding(padding).withOutputStride(outputStride);
            var separable = table.network();
            var standard = table.withVariant(Variant.CONV).network();

            assertThat(applied(standard, "separable").body()).isEqualTo(separable.body());
            assertThat(applied(separable, "standard").body()).isEqualTo(standard.body());
        }
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void widthIsMobileNetsAlpha(Variant variant) {
        for (int classes : List.of(0, 10)) {
            var full = MobileNetV1.of(1, 64, classes).withVariant(variant);
            for (double alpha : List.of(0.125, 0.25, 0.33, 0.5, 0.75, 0.9375, 1.5)) {
                var table = MobileNetV1.of(alpha, 64, classes).withVariant(variant);
                assertThat(applied(full.network(), "width=" + alpha).body())
                        .isEqualTo(table.network().body());
            }
        }
    }

    /// The predictors of a detector keep their channels, which are the values of boxes and scores.
    @ParameterizedTest
    @EnumSource(Predictors.class)
    void widthIsAlphaOfDetectors(Predictors predictors) {
        var full = new SsdMobileNetV1(1, new Shape(300, 300, 3), 20, predictors).network();
        for (double alpha : List.of(0.5, 0.75, 1.5)) {
            var table = new SsdMobileNetV1(alpha, new Shape(300, 300, 3), 20, predictors).network();

            assertThat(applied(full, "width=" + alpha).body()).isEqualTo(table.body());
        }
        assertThat(applied(full, "shuffle=4").output()).isEqualTo(full.output());
        assertThat(applied(full, "narrow=" + (predictors == Predictors.POINTWISE ? "600M" : "400M"))
                        .output())
                .isEqualTo(full.output());
    }

    @ParameterizedTest
    @CsvSource({
        "mobilenet-v1, 0.714, 160",
        "mobilenet-v1, 128, 128",
        "alexnet, 160, 160",
        "alexnet, 0.5, 114",
        "squeezenet, 160, 160",
        "squeezenet, 0.8, 182",
        "googlenet, 0.714, 160",
        "googlenet, 129, 129",
        "vgg16, 100, 100"
    })
    void resolutionIsTheSameNetworkOnAnotherImage(String network, String rho, int pixels) {
        var small = applied(network, "resolution=" + rho);

        assertThat(small.input()).isEqualTo(new Shape(pixels, pixels, 3));
        assertThat(small.body())
                .isEqualTo(NetworkSpec.parse(network + ":" + pixels).network().body());
    }

    @Test
    void resolutionKeepsTheProportions() {
        var wide = MobileNetV1.of(0.25, 64, 10).withInput(new Shape(64, 96, 3)).network();

        assertThat(applied(wide, "resolution=0.75").input()).isEqualTo(new Shape(48, 72, 3));
        assertThat(applied(wide, "resolution=128").input()).isEqualTo(new Shape(128, 192, 3));
    }

    /// The names differ: layers that stay keep theirs, and with them their weights.
    @Test
    void shallowRemovesTheFiveBlocksOfTableFive() {
        var shallow = applied("mobilenet-v1:0.5", "shallow");
        var table = MobileNetV1.of(0.5, 224, 1000).withVariant(Variant.SHALLOW).network();

        assertThat(inputs(shallow)).isEqualTo(inputs(table));
        assertThat(shallow.parameters().values().stream().toList())
                .isEqualTo(table.parameters().values().stream().toList());
        assertThat(shallow.nodes().stream().map(Node::name))
                .contains("conv_pw_6", "conv_dw_12")
                .doesNotContain("conv_dw_7", "conv_pw_11", "conv_pw_11_relu");
    }

    @ParameterizedTest
    @CsvSource({
        "mobilenet-v1-conv, conv_7 conv_8 conv_9 conv_10 conv_11",
        "vgg16, block5_conv1 block5_conv2 block5_conv3",
        "alexnet, conv4",
        "squeezenet, fire3_squeeze1x1 fire3_expand1x1 fire3_expand3x3 fire5_squeeze1x1 fire5_expand1x1 fire5_expand3x3"
                + " fire7_squeeze1x1 fire7_expand1x1 fire7_expand3x3 fire9_squeeze1x1 fire9_expand1x1 fire9_expand3x3"
    })
    void shallowRemovesTheLongestRuns(String network, String removed) {
        var before = NetworkSpec.parse(network).network();
        var left = applied(before, "shallow").nodes().stream().map(Node::name).collect(Collectors.toSet());

        assertThat(before.nodes().stream()
                        .filter(node -> node.layer() instanceof Conv && !left.contains(node.name()))
                        .map(Node::name))
                .containsExactly(removed.split(" "));
    }

    /// A chain of 3x3 convolutions with SqueezeNet's filters becomes SqueezeNet.
    @Test
    void fireModulesAreSqueezeNets() {
        var squeezeNet = SqueezeNet.of(227, 1000).network();
        var chain = new Chain(squeezeNet.input())
                .conv("conv1", 96, Window.square(7, 2, Padding.VALID))
                .maxPool("pool1", 3, 2);
        int number = 2;
        for (int filters : List.of(128, 128, 256, 256, 384, 384, 512, 512)) {
            chain.conv("fire" + number, filters, Window.square(3, 1, Padding.SAME));
            if (number == 4 || number == 8) {
                chain.maxPool("pool" + number, 3, 2);
            }
            number++;
        }
        var plain = chain.add(new Dropout("drop9", 0.5))
                .conv("conv10", 1000, Window.POINTWISE)
                .add(new GlobalAveragePool("pool10"))
                .add(new Softmax("prob"))
                .network("plain");

        assertThat(applied(plain, "fire").body()).isEqualTo(squeezeNet.body());
    }

    @Test
    void globalPoolLeavesOneDenseLayer() {
        var pooled = applied("alexnet", "global-pool").nodes();

        assertThat(pooled.stream().map(Node::name))
                .endsWith("pool5", "global_average_pooling", "fc8", "prob")
                .doesNotContain("flatten", "fc6", "fc7_dropout");
        assertThat(pooled.stream()
                        .filter(node -> node.name().equals("fc8"))
                        .findFirst()
                        .orElseThrow()
                        .input())
                .isEqualTo(Shape.vector(256));
    }

    @Test
    void smallKernelsReadTheSamePlaces() {
        var keras =
                MobileNetV1.of(0.25, 64, 10).withVariant(Variant.CONV).withPadding(new Padding.Explicit(0, 1, 0, 1));
        for (var network : List.of(
                keras.network(),
                keras.withPadding(Padding.SYMMETRIC).network(),
                NetworkSpec.parse("alexnet").network())) {
            assertThat(inputs(applied(network, "kernel=1"))).isEqualTo(inputs(network));
        }
    }

    /// As ShuffleNet's figure 2: groups, shuffle, depthwise, groups.
    @Test
    void shufflesStandBetweenGroupsBeforeTheDepthwiseLayer() {
        var names = applied("mobilenet-v1:0.25:32", "shuffle=4").nodes().stream()
                .map(Node::name)
                .toList();

        assertThat(names)
                .containsSubsequence("conv_pw_1", "conv_pw_1_relu", "conv_pw_2_shuffle", "conv_dw_2", "conv_pw_2")
                .doesNotContain("conv_pw_1_shuffle");
        assertThat(names.stream().filter(name -> name.endsWith("_shuffle"))).hasSize(12);
    }

    /// Each group of a later convolution sees all groups of the one before.
    @Test
    void shufflesInFireModulesStandBeforeEachGroupedConvolution() {
        var names = applied("squeezenet", "shuffle=2").nodes().stream()
                .map(Node::name)
                .toList();

        assertThat(names)
                .containsSubsequence("fire2_concat", "fire3_squeeze1x1_shuffle", "fire3_squeeze1x1")
                .containsSubsequence("fire3_expand1x1_shuffle", "fire3_expand1x1", "fire3_expand3x3")
                .doesNotContain("conv10_shuffle", "fire3_expand3x3_shuffle");
    }

    @ParameterizedTest
    @CsvSource({
        "mobilenet-v1, early, 22222111111111",
        "mobilenet-v1, late, 11111111122222",
        "mobilenet-v1, even, 21211211211211",
        "mobilenet-v1-shallow, even, 221212121",
        "alexnet, early, 22111",
        "alexnet, even, 21211"
    })
    void strideSchedules(String network, String schedule, String strides) {
        assertThat(applied(network, schedule).body())
                .isEqualTo(applied(network, "strides=" + strides).body());
    }

    @Test
    void convolutionsInBranchesKeepTheirStrides() {
        var late = applied("googlenet", "late");

        assertThat(DownSampling.strides(late)).startsWith(1, 2, 1, 1).hasSize(20);
        assertThat(applied(late, "early").body())
                .isEqualTo(NetworkSpec.parse("googlenet").network().body());
    }

    @ParameterizedTest
    @CsvSource({
        "mobilenet-v1, width=0.5, resolution=160",
        "mobilenet-v1, width=0.5, standard",
        "mobilenet-v1, width=0.5, shallow",
        "mobilenet-v1, width=0.5, shuffle=4",
        "mobilenet-v1, width=0.25, even",
        "mobilenet-v1, shuffle=2, even",
        "mobilenet-v1-conv, width=0.5, separable",
        "mobilenet-v1-conv, width=0.5, fire",
        "vgg16, width=0.5, fire",
        "vgg16, width=0.5, global-pool",
        "vgg16, kernel=1:half, global-pool",
        "vgg16, separable, shallow",
        "alexnet, resolution=160, global-pool",
        "alexnet, resolution=160, early",
        "googlenet, width=0.5, separable",
        "squeezenet, width=0.5, resolution=0.5"
    })
    void theOrderDoesNotMatterWhereItShouldNot(String network, String one, String other) {
        var forth = applied(network, one + "," + other);
        var back = applied(network, other + "," + one);

        assertThat(forth.body()).isEqualTo(back.body());
        assertThat(forth.input()).isEqualTo(back.input());
    }

    @ParameterizedTest
    @ValueSource(strings = {"vgg16", "googlenet", "squeezenet"})
    void standardIsTheWayBack(String network) {
        assertThat(applied(network, "separable,standard").body())
                .isEqualTo(NetworkSpec.parse(network).network().body());
    }
}
