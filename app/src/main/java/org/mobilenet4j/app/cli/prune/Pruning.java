package org.mobilenet4j.app.cli.prune;

import java.util.Locale;
import org.mobilenet4j.compress.prune.ChannelPruning;
import org.mobilenet4j.compress.prune.Clustering;
import org.mobilenet4j.compress.prune.Criterion;
import org.mobilenet4j.compress.prune.MagnitudePruning;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.WeightConstraint;

/// One way of pruning, before and during training. Its `toString` goes into the model's notes.
sealed interface Pruning {
    /// `model` pruned, without training.
    Model prune(Model model);

    /// The model to train: `pruned`, or the original model if pruning happens during training.
    default Model start(Model model, Model pruned) {
        return pruned;
    }

    /// What the user should know before `model` is pruned in this way; empty if nothing.
    default String caution(Model model) {
        return "";
    }

    /// The constraint on the weights during training.
    default WeightConstraint constraint(int stepsPerEpoch, int epochs) {
        return WeightConstraint.NONE;
    }

    /// Channel pruning.
    record Channels(ChannelPruning pruning) implements Pruning {
        /// A recipe, in JSON, whose penalty is not zero.
        private static final String PENALIZED = ".*\"scale-penalty\":\"[0-9.]*[1-9].*";

        @Override
        public Model prune(Model model) {
            return pruning.prune(model);
        }

        /// Network slimming takes scales for the channels' importance after a training that penalizes them.
        @Override
        public String caution(Model model) {
            boolean isPenalized = model.notes().getOrDefault("recipe", "").matches(PENALIZED);
            return pruning.by() != Criterion.SCALE || isPenalized
                    ? ""
                    : "the model was trained without a penalty on the scales of its normalizations, so that they tell"
                            + " little of what channels matter; train it with --set scale-penalty=1e-4 before, or try"
                            + " --by l1";
        }

        @Override
        public String toString() {
            return "channels to " + pruning.multAdds() + " of the mult-adds by "
                    + pruning.by().name().toLowerCase(Locale.ROOT) + ", multiples of " + pruning.multiple();
        }
    }

    /// Magnitude pruning of single weights.
    ///
    /// @param ramp share of training over which sparsity increases
    record Weights(MagnitudePruning pruning, double ramp) implements Pruning {
        public Weights {
            if (!(ramp > 0 && ramp <= 1)) {
                throw new BadValueException("--ramp must be above 0 and at most 1, not " + ramp);
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

        /// Complete at least one epoch before the end, so that there is a fully pruned epoch to keep.
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

    /// Weight clustering.
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
