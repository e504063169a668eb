package org.mobilenet4j.kernel.quantized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Nonlinearity.Curve;

class NonlinearityTableTest {
    /// A hard swish multiplies two rounded factors.
    private static final double STEPS = 1.6;

    @ParameterizedTest
    @EnumSource
    void everyValueIsNearTheFunction(Curve function) {
        var layer = Nonlinearity.of("f", function);
        float inScale = 0.043f;
        float outScale = 0.031f;
        int zeroPoint = -97;
        var range = new QuantizedRange(-128, 127, zeroPoint);
        var table = new NonlinearityTable(layer, -128 - 11, 127 - 11, inScale, outScale, range).make();

        for (int value = -139; value <= 116; value++) {
            double real = Math.clamp(layer.at(inScale * value) / outScale, -128 - zeroPoint, 127 - zeroPoint);
            double most = function == Curve.HARD_SWISH ? STEPS : 0.51;
            assertThat((double) table.at(value)).as("%s", value).isCloseTo(real, within(most));
        }
    }
}
