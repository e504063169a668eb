package org.mobilenet4j.compress.prune;

import java.util.BitSet;
import java.util.List;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.train.WeightConstraint;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// Gradual pruning during training (Zhu and Gupta, arXiv 1710.01878, equation 1): after step `t` of `n`, the sparsity
/// is `final + (initial - final) * (1 - t / n)^3`, so most weights are pruned early, while many are redundant.
///
/// The sparsity grows at about fifty evenly spaced steps. A weight that is exactly zero is pruned: it gets no gradient,
/// and is set to zero again after every step. This needs no separate mask, so a checkpoint needs nothing extra.
///
/// @param pruning the final pruning
/// @param steps number of steps until then, at least 1
record SparsitySchedule(MagnitudePruning pruning, long steps) implements WeightConstraint {
    private static final int TIMES = 50;

    SparsitySchedule {
        if (steps < 1) {
            throw new BadValueException("pruning needs a positive number of steps, not " + steps);
        }
    }

    /// The sparsity after `step` steps.
    ///
    /// @param initial sparsity before the first step
    double sparsity(double initial, long step) {
        if (initial >= pruning.sparsity() || step >= steps) {
            return Math.max(initial, pruning.sparsity());
        }
        return pruning.sparsity() + (initial - pruning.sparsity()) * Math.pow(1 - (double) step / steps, 3);
    }

    @Override
    public long settled() {
        return steps;
    }

    @Override
    public Upkeep over(ParameterLayout layout, float[] start) {
        return new Zeros(layout, start);
    }

    private boolean grows(long step) {
        return step == steps || (step < steps && step % Math.max(1, steps / TIMES) == 0);
    }

    /// Keeps zeros zero, and adds more.
    private final class Zeros implements Upkeep {
        private final List<ParameterLayout.Place> kernels;
        private final List<SmallestWeights> groups;
        private final double[] initial;
        private final BitSet zeros = new BitSet();

        Zeros(ParameterLayout layout, float[] start) {
            var places = pruning.groups(layout);
            this.kernels = places.stream().flatMap(List::stream).toList();
            this.groups = places.stream().map(SmallestWeights::new).toList();
            this.initial =
                    groups.stream().mapToDouble(group -> group.sparsity(start)).toArray();
        }

        @Override
        public void before(float[] values, float[] gradients) {
            zeros.clear();
            for (var kernel : kernels) {
                for (int i = kernel.offset(); i < kernel.offset() + kernel.size(); i++) {
                    if (values[i] == 0) {
                        zeros.set(i);
                        gradients[i] = 0;
                    }
                }
            }
        }

        @Override
        public void after(float[] values, float[] averages, long step) {
            for (int i = zeros.nextSetBit(0); i >= 0; i = zeros.nextSetBit(i + 1)) {
                values[i] = 0;
                averages[i] = 0;
            }
            if (grows(step)) {
                for (int g = 0; g < groups.size(); g++) {
                    groups.get(g).zero(values, averages, sparsity(initial[g], step));
                }
            }
        }
    }
}
