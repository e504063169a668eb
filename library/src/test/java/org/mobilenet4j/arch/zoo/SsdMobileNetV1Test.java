package org.mobilenet4j.arch.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1.Predictors;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

class SsdMobileNetV1Test {
    private static final Network PUBLISHED = SsdMobileNetV1.of(1, 300, 90).network();

    /// Table 13 of the paper: 1.2 billion mult-adds, 6.8 million parameters. With batch normalization folded there
    /// are 6,807,167 of them, as OpenVINO counts.
    @Test
    void costsWhatThePaperSays() {
        var cost = Cost.of(PUBLISHED);

        assertThat(cost.multAdds()).isEqualTo(1_237_129_408L);
        long folded = PUBLISHED.nodes().stream()
                .filter(node -> node.layer().name().endsWith("_bn"))
                .mapToLong(node -> node.output().channels())
                .sum();
        assertThat(cost.parameters().trainable() - folded).isEqualTo(6_807_167);
    }

    @Test
    void predictsFromSixMaps() {
        assertThat(SsdMobileNetV1.maps(PUBLISHED))
                .containsExactly(
                        new Shape(19, 19, 512),
                        new Shape(10, 10, 1024),
                        new Shape(5, 5, 512),
                        new Shape(3, 3, 256),
                        new Shape(2, 2, 256),
                        new Shape(1, 1, 128));
        assertThat(PUBLISHED.output()).isEqualTo(Shape.vector(1917 * (4 + 91)));
    }

    /// The channels of the published file of alpha 0.75.
    @Test
    void extraMapsAreNarrowedToo() {
        assertThat(SsdMobileNetV1.maps(SsdMobileNetV1.of(0.75, 300, 90).network()))
                .extracting(Shape::channels)
                .containsExactly(384, 768, 384, 192, 192, 96);
        var narrow = SsdMobileNetV1.of(0.05, 64, 2).network();
        assertThat(narrow.nodes())
                .filteredOn(node -> node.name().matches("(conv|extra)_?[a-z0-9_]*[0-9]"))
                .allMatch(node -> node.output().channels() >= 16);
    }

    @ParameterizedTest
    @CsvSource({"1, 32, 32, POINTWISE", "0.25, 320, 192, SEPARABLE", "0.5, 512, 512, POINTWISE", "2, 97, 33, SEPARABLE"
    })
    void takesImagesOfAnySize(double alpha, int height, int width, Predictors predictors) {
        var ssd = new SsdMobileNetV1(alpha, new Shape(height, width, 3), 5, predictors);

        var maps = SsdMobileNetV1.maps(ssd.network());

        int anchors = 0;
        for (int i = 0; i < maps.size(); i++) {
            anchors += maps.get(i).pixels() * List.of(3, 6, 6, 6, 6, 6).get(i);
        }
        assertThat(ssd.network().output()).isEqualTo(Shape.vector(anchors * (4 + 6)));
        assertThat(maps.getFirst())
                .isEqualTo(new Shape(
                        Math.ceilDiv(height, 16),
                        Math.ceilDiv(width, 16),
                        maps.getFirst().channels()));
    }

    @Test
    void separablePredictorsCostLess() {
        var lite = new SsdMobileNetV1(1, new Shape(300, 300, 3), 90, Predictors.SEPARABLE).network();

        assertThat(lite.name()).isEqualTo("ssdlite-mobilenet-v1-1.0-300");
        assertThat(Cost.of(lite).parameters().weights())
                .isLessThan(Cost.of(PUBLISHED).parameters().weights());
    }

    @Test
    void saysWhatDoesNotFit() {
        assertThatThrownBy(() -> SsdMobileNetV1.of(1, 300, 0))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("number of classes");
        assertThatThrownBy(() -> SsdMobileNetV1.maps(MobileNetV1.of(1, 224, 10).network()))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("is no SSD on MobileNet");
    }
}
