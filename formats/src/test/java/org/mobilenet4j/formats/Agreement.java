package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGeneratorFactory;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.Model;

/// Whether two models say the same of random inputs.
public final class Agreement {
    private Agreement() {}

    public static void assertSame(Model actual, Model expected, float tolerance) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        for (int round = 0; round < 3; round++) {
            var input = new float[expected.network().input().elements()];
            for (int i = 0; i < input.length; i++) {
                input[i] = 2 * random.nextFloat() - 1;
            }
            assertThat(run(actual, input)).containsExactly(run(expected, input), within(tolerance));
        }
    }

    public static float[] run(Model model, float[] input) {
        return Session.open(model).run(input, 1);
    }
}
