package org.mobilenet4j.kernel.machine;

import org.mobilenet4j.kernel.training.Ahead;
import org.mobilenet4j.kernel.training.WeightGradientKernel;
import org.mobilenet4j.machine.NativeRoutine;
import org.mobilenet4j.machine.recipe.train.Factors;
import org.mobilenet4j.machine.recipe.train.MatrixShape;
import org.mobilenet4j.machine.recipe.train.WeightGradientRecipe;

/// The gradient of a matrix of weights, from floats or pairs in bfloat16.
final class MachineWeightGradient implements WeightGradientKernel {
    private final PlannedRoutine routine;
    private final Ahead nothing = new Ahead();
    /// Tiles of a block of rows.
    private final int tiles;

    MachineWeightGradient(Workshop workshop, MatrixShape shape, Factors factors) {
        this.routine = workshop.routine(
                "weight_gradient",
                (a, convention, name, isa) -> WeightGradientRecipe.emit(a, convention, name, shape, factors, isa));
        this.tiles =
                shape.panels(workshop.isa()).size() * Math.ceilDiv(shape.depth(), MatrixShape.height(workshop.isa()));
    }

    @Override
    public void add(float[] in, int inAt, float[] out, int outAt, int rows, float[] sums) {
        add(in, inAt, out, outAt, rows, sums, nothing);
    }

    @Override
    public void add(float[] in, int inAt, float[] out, int outAt, int rows, float[] sums, Ahead ahead) {
        if (rows < 1) {
            return;
        }
        int all = tiles * Math.ceilDiv(rows, WeightGradientRecipe.BLOCK);
        routine.get()
                .call(
                        in,
                        out,
                        sums,
                        ahead.array(0),
                        ahead.array(1),
                        ahead.array(2),
                        ahead.array(3),
                        NativeRoutine.NOTHING,
                        inAt,
                        outAt,
                        0,
                        ahead.at(0),
                        ahead.at(1),
                        ahead.at(2),
                        ahead.at(3),
                        0,
                        rows,
                        ahead.lines(0, all),
                        ahead.lines(1, all),
                        0,
                        0,
                        0);
    }
}
