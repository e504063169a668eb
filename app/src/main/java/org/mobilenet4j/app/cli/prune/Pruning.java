package org.mobilenet4j.app.cli.prune;

import java.util.Locale;
import org.mobilenet4j.compress.prune.ChannelPruning;
import org.mobilenet4j.compress.prune.Clustering;
import org.mobilenet4j.compress.prune.MagnitudePruning;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.WeightConstraint;

/// One way of pruning, before and during training. Its text is what the model's notes say.
sealed interface Pruning {
    /// What becomes of `model` without training.
    Model prune(Model model);

    /// What is trained: `pruned`, or the model itself where the pruning happens on the way.
    default Model start(Model model, Model pruned) {
        return pruned;
    }

    /// What the weights obey meanwhile.
    default WeightConstraint constraint(int stepsPerEpoch, int epochs) {
        return WeightConstraint.NONE;
    }

    /// Whole channels.
    record Channels(ChannelPruning pruning) implements Pruning {
        @Override
        public Model prune(Model model) {
            return pruning.prune(model);
        }

        @Override
        public String toString() {
            return "channels to " + pruning.multAdds() + " of the mult-adds by "
                    + pruning.by().name().toLowerCase(Locale.ROOT) + ", multiples of " + pruning.multiple();
        }
    }

    /// Single weights.
    ///
    /// @param ramp share of the training in which they become zero
    record Weights(MagnitudePruning pruning, double ramp) implements Pruning {
        public Weights {
            if (!(ramp > 0 && ramp <= 1)) {
                throw new BadValueException("--ramp is a share of the training, above 0 and up to 1, not " + ramp);
            }
        }

        @Override
        public Model prune(Model model) {
            return pruning.prune(model);
        }

        @Override
        public Model start(Model model, Model pruned) {
            return model;
        }

        /// Done one epoch before the end at the latest, so that there is one to keep.
        @Override
        public WeightConstraint constraint(int stepsPerEpoch, int epochs) {
            long steps = (long) stepsPerEpoch * epochs;
            return pruning.during(Math.clamp(Math.round(ramp * steps), 1, steps));
        }

        @Override
        public String toString() {
            return "a share of " + pruning.sparsity() + " zeros, by "
                    + pruning.scope().name().toLowerCase(Locale.ROOT) + (pruning.allKernels() ? ", all kernels" : "");
        }
    }

    /// Shared values.
    record Clusters(Clustering clustering) implements Pruning {
        @Override
        public Model prune(Model model) {
            return clustering.cluster(model);
        }

        @Override
        public WeightConstraint constraint(int stepsPerEpoch, int epochs) {
            return Clustering.tied();
        }

        @Override
        public String toString() {
            return clustering.values() + " values a kernel, "
                    + clustering.start().name().toLowerCase(Locale.ROOT) + " start";
        }
    }
}
