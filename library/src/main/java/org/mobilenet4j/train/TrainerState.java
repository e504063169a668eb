package org.mobilenet4j.train;

import java.util.Locale;
import org.mobilenet4j.kernel.training.UpdateKernel;
import org.mobilenet4j.train.optimize.Checks;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// What training changes from step to step: the weights, the moving statistics, the optimizer's state, the average
/// of the weights, and the step count. Checkpoints hold it unchanged.
public final class TrainerState {
    private final Recipe recipe;
    private final float[] values;
    private final float[] moving;
    private final float[][] slots;
    private final float[] averages;
    private final float[] averagedMoving;
    private final float[] ranges;
    private long step;

    TrainerState(ParameterLayout layout, Recipe recipe) {
        this(layout, recipe, 0);
    }

    /// @param ranges number of floats for the ranges of quantized feature maps
    TrainerState(ParameterLayout layout, Recipe recipe, int ranges) {
        this.recipe = recipe;
        boolean averages = recipe.averageDecay() > 0;
        this.ranges = new float[ranges];
        this.values = new float[layout.trained()];
        this.moving = new float[layout.statistics()];
        this.slots = new float[recipe.optimizer().slots()][layout.trained()];
        this.averages = averages ? new float[layout.trained()] : values;
        this.averagedMoving = averages ? new float[layout.statistics()] : moving;
    }

    /// Initializes the state before the first step, once the weights are set.
    void start() {
        recipe.optimizer().start(slots);
        System.arraycopy(values, 0, averages, 0, values.length);
        System.arraycopy(moving, 0, averagedMoving, 0, moving.length);
    }

    /// The trained weights, as [ParameterLayout] lays them out.
    public float[] values() {
        return values;
    }

    /// The moving statistics of batch normalization.
    public float[] moving() {
        return moving;
    }

    /// The optimizer's arrays.
    public float[][] slots() {
        return slots;
    }

    /// The average of [#values] over the last steps; the same array where the recipe has no average.
    public float[] averages() {
        return averages;
    }

    /// The average of [#moving].
    public float[] averagedMoving() {
        return averagedMoving;
    }

    /// The ranges of feature maps in quantization-aware training: minimum and maximum of each.
    public float[] ranges() {
        return ranges;
    }

    /// The number of steps so far.
    public long step() {
        return step;
    }

    /// Continues from another step, after the arrays were filled.
    public void resumeAt(long newStep) {
        Checks.step(newStep);
        step = newStep;
    }

    void stepped() {
        step++;
    }

    /// `average = decay * average + (1 - decay) * value`, with the smaller decay `(1 + step) / (10 + step)` at
    /// first, as in TensorFlow's `ExponentialMovingAverage`; for one of `shares` shares.
    @SuppressWarnings("ReferenceEquality") // one array under two names where there is no average
    void average(UpdateKernel kernel, int share, int shares) {
        if (averages != values) {
            float fresh = (float) (1 - Math.min(recipe.averageDecay(), (1.0 + step) / (10.0 + step)));
            average(kernel, values, averages, fresh, share, shares);
            average(kernel, moving, averagedMoving, fresh, share, shares);
        }
    }

    private static void average(
            UpdateKernel kernel, float[] values, float[] averages, float fresh, int share, int shares) {
        int from = (int) ((long) values.length * share / shares);
        int to = (int) ((long) values.length * (share + 1) / shares);
        kernel.average(values, averages, from, to, fresh);
    }

    /// Such as `TrainerState[470,072 values]`.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "TrainerState[%,d values]", values.length);
    }
}
