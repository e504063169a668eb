package org.mobilenet4j.kernel.machine;

import org.mobilenet4j.kernel.training.Im2colKernel;
import org.mobilenet4j.machine.NativeRoutine;
import org.mobilenet4j.machine.recipe.train.Im2colRecipe;

/// Copies the values under windows into rows.
final class MachineIm2col implements Im2colKernel {
    private final PlannedRoutine routine;

    MachineIm2col(Workshop workshop, int[] runs, int length, int rowStride) {
        this.routine = workshop.routine(
                "im2col",
                (a, convention, name, isa) -> Im2colRecipe.emit(a, convention, name, runs, length, rowStride, isa));
    }

    @Override
    public void unfold(float[] map, int window, int step, int count, float[] rows, int row) {
        long bytes = (long) Float.BYTES * step;
        routine.get().call(map, rows, NativeRoutine.NOTHING, NativeRoutine.NOTHING, window, row, 0, 0, count, bytes);
    }
}
