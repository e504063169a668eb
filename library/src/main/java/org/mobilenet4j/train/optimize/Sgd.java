package org.mobilenet4j.train.optimize;

import org.mobilenet4j.error.BadValueException;

/// Stochastic gradient descent with momentum (Polyak 1964), optionally in Nesterov's form (Sutskever et al.,
/// ICML 2013).
///
/// With `g = gradient + decay * w`: `b = momentum * b + g`, then `w -= rate * b`, or `w -= rate * (g + momentum *
/// b)` for Nesterov. `torch.optim.SGD` and `tf.train.MomentumOptimizer` do the same: the rate is applied outside
/// the sum, so a new rate applies to the whole step at once. Keras sums `b = momentum * b - rate * g` instead,
/// which is equivalent only while the rate is constant.
///
/// @param momentum decay of the sum, from 0 (plain SGD) up to but not including 1
/// @param nesterov whether to look ahead; needs momentum above 0
public record Sgd(double momentum, boolean nesterov) implements Optimizer {
    public Sgd {
        Checks.share("the momentum", momentum);
        if (nesterov && momentum == 0) {
            throw new BadValueException("Nesterov's form needs a momentum above 0, for example 0.9");
        }
    }

    static Sgd of(SpecParser notation) {
        return new Sgd(notation.number("momentum", 0.9), notation.flag("nesterov", false));
    }

    /// One: the sum of gradients.
    @Override
    public int slots() {
        return 1;
    }

    /// The form that [Optimizer#parse] reads.
    @Override
    public String toString() {
        return "sgd:momentum=" + momentum + ":nesterov=" + nesterov;
    }
}
