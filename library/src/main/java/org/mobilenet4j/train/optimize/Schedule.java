package org.mobilenet4j.train.optimize;

import java.util.Objects;
import org.mobilenet4j.error.BadValueException;

/// The learning rate of each step, counted from 0.
public sealed interface Schedule {
    /// The rate at `step`.
    double rate(long step);

    /// A constant rate.
    record Constant(double start) implements Schedule {
        public Constant {
            Checks.positive("the learning rate", start);
        }

        @Override
        public double rate(long step) {
            return start;
        }
    }

    /// `start * factor ^ floor(step / every)`: TF-Slim's exponential decay.
    record Staircase(double start, double factor, long every) implements Schedule {
        public Staircase {
            Checks.positive("the learning rate", start);
            Checks.positive("the decay factor of the learning rate", factor);
            Checks.count("the number of steps between two learning rates", every);
        }

        @Override
        public double rate(long step) {
            long times = step / every;
            return start * Math.pow(factor, (double) times);
        }
    }

    /// Linear warm-up to the first rate of `then` over the first `steps` steps (Goyal et al., arXiv 1706.02677,
    /// section 2.2), followed by `then` from its start.
    record WarmUp(long steps, Schedule then) implements Schedule {
        public WarmUp {
            Objects.requireNonNull(then, "then");
            Checks.count("the number of warm-up steps", steps);
        }

        @Override
        public double rate(long step) {
            return step < steps ? then.rate(0) * (step + 1) / steps : then.rate(step - steps);
        }
    }

    /// Linear warm-up to `start` over the first `warmup` steps, then cosine decay to 0 at `steps` (Loshchilov and
    /// Hutter, arXiv 1608.03983).
    record Cosine(double start, long warmup, long steps) implements Schedule {
        public Cosine {
            Checks.positive("the learning rate", start);
            Checks.count("the number of steps of a schedule", steps);
            if (warmup < 0 || warmup >= steps) {
                throw new BadValueException("warm-up must end before the " + steps + " steps do, not take " + warmup);
            }
        }

        @Override
        public double rate(long step) {
            if (step < warmup) {
                return start * (step + 1) / warmup;
            }
            double done = Math.min(1, (double) (step - warmup) / (steps - warmup));
            return start * 0.5 * (1 + Math.cos(Math.PI * done));
        }
    }
}
