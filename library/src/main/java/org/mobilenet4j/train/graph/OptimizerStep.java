package org.mobilenet4j.train.graph;

import org.mobilenet4j.kernel.training.UpdateKernel;
import org.mobilenet4j.train.optimize.AdamW;
import org.mobilenet4j.train.optimize.Checks;
import org.mobilenet4j.train.optimize.Optimizer;
import org.mobilenet4j.train.optimize.RmsProp;
import org.mobilenet4j.train.optimize.Sgd;

/// Applies an optimizer's rule by kernels, range by range of the weights, as weight decay differs between them.
public record OptimizerStep(Optimizer rule, UpdateKernel kernel) {
    /// Updates the parameters `from` up to but not including `to`. Allocates nothing; the ranges of one step may
    /// run in any order and concurrently, and give the same bits as a single range.
    ///
    /// @param values the parameters, changed
    /// @param gradients of the mean loss, without weight decay; not changed
    /// @param slots the state left by [Optimizer#start] or the previous step; changed
    /// @param rate the learning rate of this step
    /// @param decay weight decay of this range; 0 for none
    /// @param step number of steps before this one
    /// @throws IllegalArgumentException if arrays differ in length or number
    /// @throws IndexOutOfBoundsException if the range is outside the arrays
    public void run(
            float[] values,
            float[] gradients,
            float[][] slots,
            int from,
            int to,
            double rate,
            double decay,
            long step) {
        Checks.update(rule, values, gradients, slots, from, to, step);
        switch (rule) {
            case Sgd sgd -> descend(sgd, values, gradients, slots[0], from, to, (float) rate, (float) decay);
            case RmsProp prop -> rmsProp(prop, values, gradients, slots, from, to, (float) rate, (float) decay);
            case AdamW adam -> adamW(adam, values, gradients, slots, from, to, rate, decay, step);
        }
    }

    private void descend(
            Sgd sgd, float[] values, float[] gradients, float[] sums, int from, int to, float rate, float decay) {
        if (sgd.nesterov()) {
            kernel.descendAhead(values, gradients, sums, from, to, rate, decay, (float) sgd.momentum());
        } else {
            kernel.descend(values, gradients, sums, from, to, rate, decay, (float) sgd.momentum());
        }
    }

    private void rmsProp(
            RmsProp prop,
            float[] values,
            float[] gradients,
            float[][] slots,
            int from,
            int to,
            float rate,
            float decay) {
        float fresh = (float) (1 - prop.decay());
        float momentum = (float) prop.momentum();
        float epsilon = (float) prop.epsilon();
        switch (prop.flavor()) {
            case TENSORFLOW ->
                kernel.rmsPropTensorFlow(
                        values, gradients, slots[0], slots[1], from, to, rate, decay, fresh, momentum, epsilon);
            case PYTORCH -> {
                float old = (float) prop.decay();
                kernel.rmsPropPyTorch(
                        values, gradients, slots[0], slots[1], from, to, rate, decay, old, fresh, momentum, epsilon);
            }
        }
    }

    private void adamW(
            AdamW adam,
            float[] values,
            float[] gradients,
            float[][] slots,
            int from,
            int to,
            double rate,
            double decay,
            long step) {
        double correction1 = 1 - Math.pow(adam.beta1(), step + 1.0);
        double correction2 = 1 - Math.pow(adam.beta2(), step + 1.0);
        kernel.adamW(
                values,
                gradients,
                slots[0],
                slots[1],
                from,
                to,
                (float) (1 - rate * decay),
                (float) (rate / correction1),
                (float) Math.sqrt(correction2),
                (float) (1 - adam.beta1()),
                (float) adam.beta2(),
                (float) (1 - adam.beta2()),
                (float) adam.epsilon());
    }
}
