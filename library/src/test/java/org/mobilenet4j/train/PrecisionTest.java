package org.mobilenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;

/// Training in bfloat16 does what training in floats does, up to the rounding of factors.
class PrecisionTest {
    private static final int BATCH = 4;
    private static final int CLASSES = 17;
    private static final int STEPS = 3;

    private static final Network NETWORK = new Network(
            "small",
            new Shape(9, 9, 3),
            Sequence.of(
                    Conv.of("conv", 20, Window.square(3, 2, Padding.SAME)),
                    new BatchNorm("conv_bn"),
                    Activation.relu6("conv_relu"),
                    Conv.pointwise("pw", 33),
                    new BatchNorm("pw_bn"),
                    Activation.relu6("pw_relu"),
                    new GlobalAveragePool("pool"),
                    Dense.of("scores", CLASSES)));

    /// The weights after some steps.
    private static float[] trained(Precision precision, boolean isFast, int steps) {
        var recipe = Recipe.TF_SLIM.withBatch(BATCH).withPrecision(precision);
        var options = TrainerOptions.of(recipe).withThreads(2).withVectors(isFast);
        var trainer = Trainer.of(NETWORK, Weights.random(NETWORK, 2), options);
        var random = new Random(3);
        var images = new float[BATCH * NETWORK.input().elements()];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextFloat(-1, 1);
        }
        var targets = new float[BATCH * CLASSES];
        for (int row = 0; row < BATCH; row++) {
            targets[row * CLASSES + 5 * row % CLASSES] = 1;
        }
        for (int step = 0; step < steps; step++) {
            trainer.step(images, targets, BATCH, 0.01);
        }
        return trainer.state().values();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void differsFromFloatsByRoundingOnly(boolean isFast) {
        var before = trained(Precision.FLOAT32, isFast, 0);
        var floats = trained(Precision.FLOAT32, isFast, STEPS);
        var rounded = trained(Precision.BFLOAT16, isFast, STEPS);

        assertThat(rounded).isNotEqualTo(floats);
        assertThat(distance(floats, rounded)).isLessThan(0.05 * distance(floats, before));
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.pow((double) a[i] - b[i], 2);
        }
        return Math.sqrt(sum);
    }

    /// Up to the rounding of sums, which each variant adds in another order.
    @Test
    void allVariantsRoundAlike() {
        var plain = trained(Precision.BFLOAT16, false, STEPS);
        var fast = trained(Precision.BFLOAT16, true, STEPS);

        for (int i = 0; i < plain.length; i++) {
            assertThat(fast[i]).isCloseTo(plain[i], within(1e-3f));
        }
    }
}
