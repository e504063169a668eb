package org.mobilenet4j.train;

import org.mobilenet4j.train.optimize.ParameterLayout;

/// What weights have to obey while they are trained: some stay zero, some stay equal to each other.
///
/// A value: what it does is decided by the weights, the step and nothing else, so that a resumed
/// training goes on to the bit. Its text is part of what a checkpoint belongs to.
public interface WeightConstraint {
    /// Weights are free.
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

    /// Begins to watch over the weights of one training.
    ///
    /// @param layout where each tensor lies
    /// @param start the trained weights before the first step; not kept, not changed
    /// @throws IllegalArgumentException when they cannot be brought to obey
    Upkeep over(ParameterLayout layout, float[] start);

    /// How many steps it takes until the weights are as they are wanted; what was trained before is not
    /// kept.
    default long settled() {
        return 0;
    }

    /// One training's upkeep, called by one thread at a time.
    interface Upkeep {
        /// Nothing to do.
        Upkeep IDLE = new Upkeep() {};

        /// Between the way back and the optimizer.
        ///
        /// @param values the weights before the step
        /// @param gradients of the mean loss; may be changed
        default void before(float[] values, float[] gradients) {}

        /// After the optimizer and the average.
        ///
        /// @param values the weights after the step; may be changed
        /// @param averages their average, or the same array; may be changed
        /// @param step how many steps were made, this one included
        default void after(float[] values, float[] averages, long step) {}
    }
}
