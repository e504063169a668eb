package org.mobilenet4j.train.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.train.graph.OptimizerStep;

/// Several steps of every optimizer against the same rule in double precision, one weight at a time, while the rate
/// changes from step to step: that is where TensorFlow's and PyTorch's momentum part.
class OptimizerReferenceTest {
    private static final int SIZE = 257;
    private static final int STEPS = 9;
    private static final double DECAY = 0.02;

    private static OptimizerStep step(Optimizer rule) {
        return new OptimizerStep(rule, KernelVariant.SCALAR.kernels().update());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sgd:momentum=0",
                "sgd:momentum=0.9",
                "sgd:momentum=0.8:nesterov=true",
                "rmsprop",
                "rmsprop:decay=0.95:momentum=0.5:epsilon=0.001",
                "rmsprop:flavor=pytorch:momentum=0",
                "rmsprop:flavor=pytorch:decay=0.9:momentum=0.9:epsilon=0.01",
                "adamw",
                "adamw:beta1=0.5:beta2=0.9:epsilon=0.1"
            })
    void followsItsFormula(String text) {
        var rule = Optimizer.parse(text);
        var random = new Random(11);
        var values = random(random);
        var exact = new double[SIZE];
        var state = new double[SIZE][];
        for (int i = 0; i < SIZE; i++) {
            exact[i] = values[i];
            state[i] = new double[] {text.startsWith("rmsprop") && !text.contains("pytorch") ? 1 : 0, 0};
        }
        var slots = new float[rule.slots()][SIZE];
        rule.start(slots);
        for (int step = 0; step < STEPS; step++) {
            var gradients = random(random);
            double rate = 0.02 / (1 + step);
            step(rule).run(values, gradients, slots, 0, SIZE, rate, DECAY, step);
            for (int i = 0; i < SIZE; i++) {
                exact[i] = next(rule, exact[i], gradients[i], state[i], rate, step + 1);
                assertThat((double) values[i]).as("value %d, step %d", i, step).isCloseTo(exact[i], within(1e-6));
            }
        }
    }

    private static float[] random(Random random) {
        var values = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /// The weight after the `t`-th step, counted from 1, as the papers and the libraries' documents write it.
    private static double next(Optimizer rule, double w, double gradient, double[] s, double rate, int t) {
        double g = gradient + DECAY * w;
        return switch (rule) {
            case Sgd sgd -> {
                s[0] = sgd.momentum() * s[0] + g;
                yield w - rate * (sgd.nesterov() ? g + sgd.momentum() * s[0] : s[0]);
            }
            case RmsProp rms -> {
                s[0] = rms.decay() * s[0] + (1 - rms.decay()) * g * g;
                if (rms.flavor() == RmsProp.Flavor.TENSORFLOW) {
                    s[1] = rms.momentum() * s[1] + rate * g / Math.sqrt(s[0] + rms.epsilon());
                    yield w - s[1];
                }
                s[1] = rms.momentum() * s[1] + g / (Math.sqrt(s[0]) + rms.epsilon());
                yield w - rate * s[1];
            }
            case AdamW adam -> {
                s[0] = adam.beta1() * s[0] + (1 - adam.beta1()) * gradient;
                s[1] = adam.beta2() * s[1] + (1 - adam.beta2()) * gradient * gradient;
                double mean = s[0] / (1 - Math.pow(adam.beta1(), t));
                double square = s[1] / (1 - Math.pow(adam.beta2(), t));
                yield w * (1 - rate * DECAY) - rate * mean / (Math.sqrt(square) + adam.epsilon());
            }
        };
    }

    /// One weight from 1, gradients 0.5, -1, 0.25, 2 and rates 0.1, 0.1, 0.05, 0.05, no decay; the numbers were worked
    /// out apart from this program, in Python, from the formulas in the classes' comments.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rmsprop:decay=0.9:momentum=0.9:epsilon=1 0.96396250 1.00346375 1.02981350 0.98550185",
                "rmsprop:flavor=pytorch:decay=0.9:momentum=0.9:epsilon=1e-8 "
                        + "0.68377225 0.68488156 0.64875833 0.47550701",
                "adamw 0.90000000 0.93661035 0.94344489 0.92100578"
            })
    void givesTheNumbersWorkedOutElsewhere(String line) {
        var parts = line.split(" ", -1);
        var rule = Optimizer.parse(parts[0]);
        var values = new float[] {1};
        var slots = new float[rule.slots()][1];
        rule.start(slots);
        var gradients = new float[] {0.5f, -1, 0.25f, 2};
        for (int step = 0; step < gradients.length; step++) {
            double rate = step < 2 ? 0.1 : 0.05;
            step(rule).run(values, new float[] {gradients[step]}, slots, 0, 1, rate, 0, step);
            assertThat((double) values[0]).isCloseTo(Double.parseDouble(parts[step + 1]), within(1e-6));
        }
    }

    @Test
    void leavesTheRestAlone() {
        var rule = new AdamW(0.9, 0.999, 1e-8);
        var values = new float[] {1, 1, 1, 1};
        var slots = new float[2][4];
        rule.start(slots);
        step(rule).run(values, new float[] {1, 1, 1, 1}, slots, 1, 3, 0.1, 0, 0);
        assertThat(values[0]).isOne();
        assertThat(values[3]).isOne();
        assertThat(values[1]).isLessThan(1).isEqualTo(values[2]);
        assertThat(slots[0][0]).isZero();
        assertThat(slots[1][3]).isZero();
    }

    @Test
    void refusesArraysThatDoNotFit() {
        var rule = new Sgd(0.9, false);
        var three = new float[3];
        assertThatThrownBy(() -> step(rule).run(three, new float[2], new float[1][3], 0, 3, 1, 0, 0))
                .hasMessage("there are 2 gradients for 3 parameters");
        assertThatThrownBy(() -> step(rule).run(three, three, new float[2][3], 0, 3, 1, 0, 0))
                .hasMessageContaining("keeps 1 arrays of state, not 2");
        assertThatThrownBy(() -> step(rule).run(three, three, new float[1][4], 0, 3, 1, 0, 0))
                .hasMessage("there are 4 values of state for 3 parameters");
        assertThatThrownBy(() -> step(rule).run(three, three, new float[1][3], 0, 4, 1, 0, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> step(rule).run(three, three, new float[1][3], 0, 3, 1, 0, -1))
                .hasMessageContaining("counted from 0");
        assertThatThrownBy(() -> rule.start(new float[0][])).hasMessageContaining("not 0");
    }
}
