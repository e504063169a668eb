package org.mobilenet4j.train.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.train.graph.OptimizerStep;

class OptimizerTest {
    private static final float[] GRADIENTS = {0.5f, -1f, 0.25f};

    private static OptimizerStep step(Optimizer rule) {
        return new OptimizerStep(rule, KernelVariant.SCALAR.kernels().update());
    }

    /// The path of one weight that starts at 1, under three gradients, rate 0.1 and weight decay 0.01.
    private static double[] path(String optimizer) {
        var rule = Optimizer.parse(optimizer);
        var values = new float[] {1f};
        var slots = new float[rule.slots()][1];
        rule.start(slots);
        var path = new double[GRADIENTS.length];
        for (int step = 0; step < path.length; step++) {
            step(rule).run(values, new float[] {GRADIENTS[step]}, slots, 0, 1, 0.1, 0.01, step);
            path[step] = values[0];
        }
        return path;
    }

    private static void check(String optimizer, double... wanted) {
        var path = path(optimizer);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(path[i]).as("%s, step %d", optimizer, i).isCloseTo(wanted[i], Offset.offset(1e-6));
        }
    }

    /// `b = 0.9 b + g + 0.01 w`: 0.51; -0.53151 and so on, worked out by hand.
    @Test
    void descentWithMomentum() {
        // b1 = .51, w1 = .949; b2 = .459 - 1 + .00949 = -.53151, w2 = 1.002151;
        // b3 = -.478359 + .25 + .01002151 = -.21833749, w3 = 1.023984749
        check("sgd:momentum=0.9", 0.949, 1.002151, 1.023984749);
        // g1 = .51, w1 = 1 - .1 (.51 + .459) = .9031; g2 = -.990969, b2 = -.531969,
        // w2 = .9031 - .1 (-.990969 - .4787721) = 1.05007411
        check("sgd:momentum=0.9:nesterov=true", 0.9031, 1.05007411);
        check("sgd:momentum=0", 0.949, 1.048051);
    }

    @Test
    void rmsPropAsTensorFlowHasIt() {
        // g1 = .51, ms = .9 + .1 * .2601 = .92601, m = .1 * .51 / sqrt(.92601 + 1) = .0367492, w1 = .9632508
        double ms = 0.92601;
        double m = 0.1 * 0.51 / Math.sqrt(ms + 1);
        double w = 1 - m;
        double g = -1 + 0.01 * w;
        ms = 0.9 * ms + 0.1 * g * g;
        m = 0.9 * m + 0.1 * g / Math.sqrt(ms + 1);
        check("rmsprop:decay=0.9:momentum=0.9:epsilon=1", w, w - m);
    }

    @Test
    void rmsPropAsPyTorchHasIt() {
        double ms = 0.1 * 0.51 * 0.51;
        double b = 0.51 / (Math.sqrt(ms) + 1e-3);
        double w = 1 - 0.1 * b;
        double g = -1 + 0.01 * w;
        ms = 0.9 * ms + 0.1 * g * g;
        b = 0.5 * b + g / (Math.sqrt(ms) + 1e-3);
        check("rmsprop:flavor=pytorch:decay=0.9:momentum=0.5:epsilon=1e-3", w, w - 0.1 * b);
    }

    /// The first step of Adam is the rate, whatever the gradient's size; the decay shrinks the weight before.
    @Test
    void adamWithDecayApart() {
        check("adamw", 0.999 - 0.1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd:momentum=0.9:nesterov=true", "rmsprop", "rmsprop:flavor=pytorch", "adamw"})
    void rangesGiveTheSameBits(String optimizer) {
        var rule = Optimizer.parse(optimizer);
        assertThat(Optimizer.parse(rule.toString())).isEqualTo(rule);
        var whole = run(rule, List.of(0, 101));
        var parts = run(rule, List.of(0, 1, 17, 64, 101));
        assertThat(parts).isEqualTo(whole);
    }

    private static float[] run(Optimizer rule, List<Integer> bounds) {
        var random = new java.util.Random(5);
        var values = new float[101];
        var gradients = new float[101];
        var slots = new float[rule.slots()][101];
        rule.start(slots);
        for (int step = 0; step < 4; step++) {
            for (int i = 0; i < gradients.length; i++) {
                gradients[i] = (float) random.nextGaussian();
            }
            for (int i = 1; i < bounds.size(); i++) {
                step(rule).run(values, gradients, slots, bounds.get(i - 1), bounds.get(i), 0.1, 1e-3, step);
            }
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adam",
                "sgd:momentum",
                "sgd:momentum=1",
                "sgd:speed=3",
                "rmsprop:epsilon=0",
                "rmsprop:flavor=keras",
                "sgd:nesterov=true:momentum=0",
                "sgd:momentum=x",
                "sgd:momentum=0.1:momentum=0.2"
            })
    void refusesWhatItDoesNotKnow(String text) {
        assertThatThrownBy(() -> Optimizer.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
