package org.mobilenet4j.cost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.technique.Technique;
import org.mobilenet4j.arch.zoo.NetworkSpec;

/// What each technique costs and saves, exactly. Where the paper has a figure, it is this one rounded: tables 4 (568.7
/// of
/// 4867.3 million mult-adds), 5 (307.3; narrow 325), 6 and 7. The others were counted by hand from the papers' layers.
class TechniqueCostTest {
    private static Network applied(String network, String techniques) {
        var now = NetworkSpec.parse(network).network();
        for (var technique : Technique.parseAll(techniques)) {
            now = technique.apply(now);
        }
        return now;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mobilenet-v1-conv | separable | 568740352 | 4209088",
                "mobilenet-v1 | standard | 4867293184 | 29281120",
                "mobilenet-v1 | width=0.75 | 325400448 | 2568144",
                "mobilenet-v1 | width=0.5 | 149497088 | 1319648",
                "mobilenet-v1 | width=0.25 | 41030272 | 463600",
                "mobilenet-v1 | resolution=160 | 290675200 | 4209088",
                "mobilenet-v1 | width=0.5,resolution=0.714 | 76524800 | 1319648",
                "mobilenet-v1 | shallow | 307323392 | 2875328",
                "mobilenet-v1 | narrow=325400448 | 325400448 | 2568144",
                "mobilenet-v1 | narrow=shallow | 307927334 | 2456129",
                "mobilenet-v1 | narrow=307M | 306572464 | 2447671",
                "mobilenet-v1 | shuffle=2 | 298994176 | 2639296",
                "mobilenet-v1 | shuffle=4 | 164121088 | 1854400",
                "mobilenet-v1 | early | 184122496 | 4209088",
                "mobilenet-v1 | even | 844582912 | 4209088",
                "mobilenet-v1 | late | 44595997696 | 4209088",
                "mobilenet-v1 | strides=2,1,2,1,2,1,2,1,1,1,1,1,1,2 | 646488064 | 4209088",
                "mobilenet-v1-conv | fire | 535298048 | 3816032",
                "mobilenet-v1-conv | kernel=1 | 551354368 | 4164448",
                "vgg16 | global-pool | 15347142656 | 15222464",
                "vgg16 | separable | 1986267136 | 125303104",
                "vgg16 | kernel=1 | 1905885184 | 125269696",
                "vgg16 | fire | 1674674176 | 124968640",
                "vgg16 | shallow | 14082998272 | 131266240",
                "vgg16 | width=0.5 | 3890266112 | 35610464",
                "alexnet | global-pool | 666040864 | 2588704",
                "alexnet | kernel=1 | 210375200 | 58890272",
                "squeezenet | kernel=1 | 434897184 | 752928"
            })
    void multAddsAndWeights(String network, String techniques, long multAdds, long weights) {
        var cost = Cost.of(applied(network, techniques));

        assertThat(cost.multAdds()).isEqualTo(multAdds);
        assertThat(cost.parameters().weights()).isEqualTo(weights);
    }

    /// The body alone is the paper's figure in table 4.
    @Test
    void convMobileNetWithoutItsClassifier() {
        var standard = Cost.of(applied("mobilenet-v1", "standard"));

        assertThat(standard.multAdds() - standard.layer("conv_preds").multAdds())
                .isEqualTo(4_866_269_184L);
    }

    @ParameterizedTest
    @CsvSource({"conv_2, 128", "conv_7, 512", "conv_13, 1024"})
    void separableFallsToTheFormulasRatio(String layer, int filters) {
        var before = Cost.of(NetworkSpec.parse("mobilenet-v1-conv").network()).layer(layer);
        var after = Cost.of(applied("mobilenet-v1-conv", "separable"));
        var number = layer.substring("conv_".length());
        long now = after.layer("conv_dw_" + number).multAdds()
                + after.layer("conv_pw_" + number).multAdds();

        assertThat((double) now / before.multAdds()).isEqualTo(Formulas.separableRatio(3, filters));
    }

    @Test
    void groupsDividePointwiseWorkAlone() {
        var before = Cost.of(NetworkSpec.parse("mobilenet-v1").network());
        var after = Cost.of(applied("mobilenet-v1", "shuffle=4"));

        assertThat(after.total(Kind.POINTWISE).multAdds() * 4)
                .isEqualTo(before.total(Kind.POINTWISE).multAdds());
        assertThat(after.total(Kind.DEPTHWISE)).isEqualTo(before.total(Kind.DEPTHWISE));
        assertThat(after.total(Kind.DENSE)).isEqualTo(before.total(Kind.DENSE));
    }
}
