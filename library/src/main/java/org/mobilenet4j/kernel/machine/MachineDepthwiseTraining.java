package org.mobilenet4j.kernel.machine;

import static org.mobilenet4j.machine.NativeRoutine.NOTHING;

import org.mobilenet4j.kernel.DepthwiseTrainingKernel;
import org.mobilenet4j.kernel.layout.TapLayout;
import org.mobilenet4j.machine.recipe.train.DepthwiseFilterRecipe;
import org.mobilenet4j.machine.recipe.train.DepthwiseGradientRecipe;

/// Depthwise convolution in training.
final class MachineDepthwiseTraining implements DepthwiseTrainingKernel {
    private final PlannedRoutine filter;
    private final PlannedRoutine gradient;

    MachineDepthwiseTraining(Workshop workshop, TapLayout taps) {
        this.filter = workshop.routine(
                "depthwise", (a, convention, name, isa) -> DepthwiseFilterRecipe.emit(a, convention, name, taps, isa));
        this.gradient = workshop.routine(
                "depthwise_gradient",
                (a, convention, name, isa) -> DepthwiseGradientRecipe.emit(a, convention, name, taps, isa));
    }

    @Override
    public void filter(
            float[] in, int inAt, float[] weights, float[] out, int outAt, int outStride, int rows, int columns) {
        call(filter, in, weights, out, inAt, 0, outAt, (long) Float.BYTES * outStride, rows, columns, 0);
    }

    @Override
    public void addGradient(
            float[] in,
            int inAt,
            float[] outGradient,
            int gradientAt,
            int gradientStep,
            int gradientRow,
            int rows,
            int columns,
            float[] sums) {
        long step = (long) Float.BYTES * gradientStep;
        call(
                gradient,
                in,
                outGradient,
                sums,
                inAt,
                gradientAt,
                0,
                step,
                (long) Float.BYTES * gradientRow,
                rows,
                columns);
    }

    private static void call(
            PlannedRoutine routine,
            float[] a,
            float[] b,
            float[] c,
            int aAt,
            int bAt,
            int cAt,
            long i,
            long j,
            long k,
            long l) {
        routine.get()
                .call(
                        a, b, c, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, aAt, bAt, cAt, 0, 0, 0, 0, 0, i, j, k, l,
                        0, 0);
    }
}
