package org.mobilenet4j.train;

import org.mobilenet4j.train.optimize.ParameterLayout;

/// A constraint on the weights during training: some stay zero, some stay equal to each other.
///
/// A value: its effect depends only on the weights and the step, so that a resumed run continues bit for bit. Its
/// text is part of a checkpoint's identity.
public interface WeightConstraint {
    /// No constraint.
    WeightConstraint NONE = new WeightConstraint() {
        @Override
        public Upkeep over(ParameterLayout layout, float[] start) {
            return Upkeep.IDLE;
        }

        @Override
        public String toString() {
            return "none";
        }
    };

    /// Starts enforcing the constraint in one training run.
    ///
    /// @param layout where each tensor lies
    /// @param start the trained weights before the first step; not kept, not changed
    /// @throws IllegalArgumentException if the constraint cannot be satisfied
    Upkeep over(ParameterLayout layout, float[] start);

    /// The number of steps until the weights satisfy the constraint; earlier weights are not kept.
    default long settled() {
        return 0;
    }

    /// Enforces the constraint in one training run. Not thread-safe.
    interface Upkeep {
        /// Does nothing.
        Upkeep IDLE = new Upkeep() {};

        /// Called between the backward pass and the optimizer.
        ///
        /// @param values the weights before the update
        /// @param gradients of the mean loss; may be changed
        default void before(float[] values, float[] gradients) {}

        /// Called after the weight update and the averaging.
        ///
        /// @param values the weights after the update; may be changed
        /// @param averages their average, or the same array; may be changed
        /// @param step number of steps so far, including this one
        default void after(float[] values, float[] averages, long step) {}
    }
}
