package org.mobilenet4j.kernel.machine;

import org.mobilenet4j.kernel.bfloat16.RoundingKernel;
import org.mobilenet4j.machine.NativeRoutine;
import org.mobilenet4j.machine.recipe.train.RoundingRecipe;

/// Rounding to bfloat16 by the processor's instruction.
final class MachineRounding implements RoundingKernel {
    private final PlannedRoutine neighbors;
    private final PlannedRoutine rows;

    MachineRounding(Workshop workshop) {
        this.neighbors = routine(workshop, "neighbors", RoundingRecipe.Pairing.NEIGHBORS);
        this.rows = routine(workshop, "rows", RoundingRecipe.Pairing.ROWS);
    }

    private static PlannedRoutine routine(Workshop workshop, String kind, RoundingRecipe.Pairing pairing) {
        return workshop.routine(kind, (a, convention, name, _) -> RoundingRecipe.emit(a, convention, name, pairing));
    }

    @Override
    public void neighbors(float[] in, int at, int stride, int rows, int floats, float[] out, int outAt, int outStride) {
        call(neighbors, in, at, stride, rows, floats, out, outAt, outStride);
    }

    @Override
    public void rows(float[] in, int at, int stride, int rows, int floats, float[] out, int outAt, int outStride) {
        call(this.rows, in, at, stride, rows, floats, out, outAt, outStride);
    }

    private static void call(
            PlannedRoutine routine,
            float[] in,
            int at,
            int stride,
            int rows,
            int floats,
            float[] out,
            int outAt,
            int outStride) {
        if (rows < 1) {
            return;
        }
        var nothing = NativeRoutine.NOTHING;
        long inBytes = (long) Float.BYTES * stride;
        long outBytes = (long) Float.BYTES * outStride;
        routine.get()
                .call(
                        in, out, nothing, nothing, nothing, nothing, nothing, nothing, at, outAt, 0, 0, 0, 0, 0, 0,
                        rows, floats, inBytes, outBytes, 0, 0);
    }
}
