package org.mobilenet4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.tensor.Shape;

class ModelResolutionTest {
    @ParameterizedTest
    @CsvSource({
        "mobilenet-v1-0.25-64,                       mobilenet-v1-0.25-80",
        "mobilenet-v1-0.25-64-strides-21112121111121, mobilenet-v1-0.25-80-strides-21112121111121",
        "birds,                                      birds",
        "birds64,                                    birds64",
        "birds-640,                                  birds-640"
    })
    void onlyANameThatTellsTheSizeChanges(String name, String expected) {
        var table = MobileNetV1.of(0.25, 64, 3).network();
        var model = model(new Network(name, table.input(), table.body())).withResolution(80);

        assertThat(model.network().name()).isEqualTo(expected);
        assertThat(model.network().input()).isEqualTo(new Shape(80, 80, 3));
        assertThat(model.network().body()).isEqualTo(table.body());
    }

    @Test
    void weightsThatDependOnTheSizeAreRefused() {
        var dense = new Sequence("", List.of(new Flatten("flat"), Dense.of("fc", 2)));
        var model = model(new Network("whole", new Shape(4, 4, 1), dense));

        assertThatThrownBy(() -> model.withResolution(5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whole", "4x4x1", "global pooling");
    }

    private static Model model(Network network) {
        return new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM);
    }
}
