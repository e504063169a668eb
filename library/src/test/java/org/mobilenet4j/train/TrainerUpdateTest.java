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
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// What a trainer does with gradients besides the optimizer's rule: clipping and averaging.
class TrainerUpdateTest {
    private static final int BATCH = 4;
    private static final int CLASSES = 3;
    private static final double RATE = 0.1;

    private static final Network NETWORK = new Network(
            "small",
            new Shape(5, 5, 2),
            Sequence.of(
                    Conv.pointwise("body", 6),
                    new BatchNorm("body_bn"),
                    Activation.relu("body_relu"),
                    new GlobalAveragePool("pool"),
                    Dense.of("scores", CLASSES)));

    /// Plain descent without decay, so that a step is the rate times the gradient.
    private static final Recipe PLAIN = Recipe.DEFAULT
            .withBatch(BATCH)
            .with("optimizer", "sgd:momentum=0")
            .with("weight-decay", "0")
            .with("average-decay", "0");

    private static Trainer trainer(Recipe recipe, int threads) {
        var options = TrainerOptions.of(recipe).withThreads(threads);
        return Trainer.of(NETWORK, Weights.random(NETWORK, 2), options);
    }

    /// The values before and after a first step.
    private static float[][] step(Trainer trainer) {
        var before = trainer.state().values().clone();
        stepOn(trainer, 1);
        return new float[][] {before, trainer.state().values()};
    }

    private static void stepOn(Trainer trainer, long seed) {
        var random = new Random(seed);
        var images = new float[BATCH * NETWORK.input().elements()];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        var targets = new float[BATCH * CLASSES];
        for (int i = 0; i < BATCH; i++) {
            targets[i * CLASSES + random.nextInt(CLASSES)] = 1;
        }
        trainer.step(images, targets, BATCH, RATE);
    }

    private static double length(float[][] values) {
        double sum = 0;
        for (int i = 0; i < values[0].length; i++) {
            double change = (double) values[1][i] - values[0][i];
            sum += change * change;
        }
        return Math.sqrt(sum);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void longGradientsAreClippedInTheirDirection(int threads) {
        var free = step(trainer(PLAIN, threads));
        double norm = length(free) / RATE;
        double limit = norm / 3;
        var clipped = step(trainer(PLAIN.with("clip-norm", String.valueOf(limit)), threads));

        assertThat(length(clipped) / RATE).isCloseTo(limit, within(1e-5 * norm));
        for (int i = 0; i < free[0].length; i++) {
            double whole = (double) free[1][i] - free[0][i];
            double third = (double) clipped[1][i] - clipped[0][i];
            assertThat(third).isCloseTo(whole / 3, within(1e-6));
        }
    }

    @Test
    void shortGradientsAreLeftAlone() {
        var free = step(trainer(PLAIN, 1));
        var limit = String.valueOf(1.01 * length(free) / RATE);

        assertThat(step(trainer(PLAIN.with("clip-norm", limit), 1))[1]).isEqualTo(free[1]);
    }

    /// Only the scales move further, by the rate times the penalty towards zero.
    @Test
    void scalesArePenalized() {
        var free = step(trainer(PLAIN, 1));
        var penalized = step(trainer(PLAIN.with("scale-penalty", "0.01"), 1));
        var names = ParameterLayout.of(NETWORK).trainedPlaces();
        for (var place : names) {
            for (int i = place.offset(); i < place.offset() + place.size(); i++) {
                double further = place.name().equals("body_bn/gamma") ? -RATE * 0.01 * Math.signum(free[0][i]) : 0;
                assertThat((double) penalized[1][i] - free[1][i]).isCloseTo(further, within(1e-6));
            }
        }
    }

    /// Of two layers, only the last is trained: the body's gradients do not count.
    @Test
    void onlyTrainedLayersCountForTheNorm() {
        var options = TrainerOptions.of(PLAIN).withThreads(1).withTrained("scores"::equals);
        var weights = Weights.random(NETWORK, 2);
        double norm = length(step(Trainer.of(NETWORK, weights, options))) / RATE;
        var recipe = PLAIN.with("clip-norm", String.valueOf(norm / 2));
        var clipping = TrainerOptions.of(recipe).withThreads(1).withTrained("scores"::equals);

        var clipped = step(Trainer.of(NETWORK, weights, clipping));

        assertThat(length(clipped) / RATE).isCloseTo(norm / 2, within(1e-5 * norm));
    }

    /// The decay of step `n`, from 0, is `min(decay, (1 + n) / (10 + n))`: 0.1, 2/11, 0.2 here.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void averagesForgetTheFirstWeightsSoon(int threads) {
        var trainer = trainer(PLAIN.with("average-decay", "0.2"), threads);
        var values = exact(trainer.state().values());
        var moving = exact(trainer.state().moving());
        double[] decays = {0.1, 2 / 11.0, 0.2};
        for (int step = 0; step < decays.length; step++) {
            stepOn(trainer, step);
            follow(values, trainer.state().values(), decays[step]);
            follow(moving, trainer.state().moving(), decays[step]);
        }

        near(trainer.state().averages(), values);
        near(trainer.state().averagedMoving(), moving);
        assertThat(trainer.state().averages()).isNotEqualTo(trainer.state().values());
    }

    private static double[] exact(float[] values) {
        var exact = new double[values.length];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = values[i];
        }
        return exact;
    }

    private static void follow(double[] averages, float[] values, double decay) {
        for (int i = 0; i < averages.length; i++) {
            averages[i] = decay * averages[i] + (1 - decay) * values[i];
        }
    }

    private static void near(float[] actual, double[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            assertThat((double) actual[i]).isCloseTo(wanted[i], within(1e-6));
        }
    }
}
