package org.mobilenet4j.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.Nonlinearity.Curve;

class NonlinearityTest {
    private static final double STEP = 1e-6;

    /// Values of PyTorch.
    @ParameterizedTest
    @CsvSource({
        "LEAKY_RELU, -2, -0.02",
        "LEAKY_RELU, 2, 2",
        "ELU, -1, -0.6321205588",
        "HARD_SIGMOID, 1, 0.6666666667",
        "HARD_SIGMOID, -4, 0",
        "HARD_SWISH, 1, 0.6666666667",
        "HARD_SWISH, -3, 0",
        "HARD_SWISH, 5, 5",
        "TANH, 0.5, 0.4621171573",
        "GELU, 1, 0.8413447461",
        "GELU, -1, -0.1586552539",
        "GELU, -4, -0.0001266850",
        "GELU, 30, 30",
        "GELU, -30, 0",
        "GELU_TANH, 1, 0.8411919906",
        "SILU, 1, 0.7310585786",
        "SILU, -1, -0.2689414214"
    })
    void values(Curve function, double x, double value) {
        assertThat(Nonlinearity.of("f", function).at(x)).isCloseTo(value, within(5e-10));
    }

    @ParameterizedTest
    @EnumSource
    void theDerivativeIsTheSlope(Curve function) {
        var layer = Nonlinearity.of("f", function);
        for (double x = -6.05; x < 6; x += 0.1) {
            double slope = (layer.at(x + STEP) - layer.at(x - STEP)) / (2 * STEP);
            assertThat(layer.slopeAt(x)).as("at %s", x).isCloseTo(slope, within(1e-6));
        }
    }

    @Test
    void parametersThatAFunctionLacksAreRefused() {
        assertThatThrownBy(() -> new Nonlinearity("f", Curve.TANH, 1))
                .hasMessageContaining("f: alpha of TANH must be 0");
        assertThatThrownBy(() -> new Nonlinearity("f", Curve.ELU, Double.NaN)).hasMessageContaining("finite");
    }
}
