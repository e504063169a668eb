package org.mobilenet4j.kernel.machine;

import org.mobilenet4j.kernel.WeightGradientKernel;
import org.mobilenet4j.machine.NativeRoutine;
import org.mobilenet4j.machine.recipe.train.MatrixShape;
import org.mobilenet4j.machine.recipe.train.WeightGradientRecipe;

/// The gradient of a matrix of weights.
final class MachineWeightGradient implements WeightGradientKernel {
    private final PlannedRoutine routine;

    MachineWeightGradient(Workshop workshop, MatrixShape shape) {
        this.routine = workshop.routine(
                "weight_gradient",
                (a, convention, name, isa) -> WeightGradientRecipe.emit(a, convention, name, shape, isa));
    }

    @Override
    public void add(float[] in, int inAt, float[] out, int outAt, int rows, float[] sums) {
        routine.get().call(in, out, sums, NativeRoutine.NOTHING, inAt, outAt, 0, 0, rows, 0);
    }
}
