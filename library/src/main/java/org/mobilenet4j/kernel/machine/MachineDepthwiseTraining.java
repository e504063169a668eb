package org.mobilenet4j.kernel.machine;

import static org.mobilenet4j.machine.NativeRoutine.NOTHING;

import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.layout.TapLayout;
import org.mobilenet4j.kernel.training.Ahead;
import org.mobilenet4j.kernel.training.DepthwiseTrainingKernel;
import org.mobilenet4j.machine.recipe.train.DepthwiseFilterRecipe;
import org.mobilenet4j.machine.recipe.train.DepthwiseGradientRecipe;

/// Depthwise convolution in training.
final class MachineDepthwiseTraining implements DepthwiseTrainingKernel {
    private final PlannedRoutine filter;
    private final PlannedRoutine gradient;
    private final Ahead nothing = new Ahead();
    /// Cache lines of a pixel's channels.
    private final int lines;

    private final int rowsAtOnce;

    MachineDepthwiseTraining(Workshop workshop, TapLayout taps) {
        this.filter = workshop.routine(
                "depthwise", (a, convention, name, isa) -> DepthwiseFilterRecipe.emit(a, convention, name, taps, isa));
        this.lines = taps.channels() / PixelStride.FLOATS;
        this.rowsAtOnce = DepthwiseFilterRecipe.rows(taps);
        this.gradient = workshop.routine(
                "depthwise_gradient",
                (a, convention, name, isa) -> DepthwiseGradientRecipe.emit(a, convention, name, taps, isa));
    }

    @Override
    public void filter(
            float[] in, int inAt, float[] weights, float[] out, int outAt, int outStride, int rows, int columns) {
        filter(in, inAt, weights, out, outAt, outStride, rows, columns, nothing);
    }

    @Override
    public void filter(
            float[] in,
            int inAt,
            float[] weights,
            float[] out,
            int outAt,
            int outStride,
            int rows,
            int columns,
            Ahead ahead) {
        int parts = lines * Math.ceilDiv(rows, rowsAtOnce);
        filter.get()
                .call(
                        in,
                        weights,
                        out,
                        ahead.array(0),
                        ahead.array(1),
                        ahead.array(2),
                        ahead.array(3),
                        NOTHING,
                        inAt,
                        0,
                        outAt,
                        ahead.at(0),
                        ahead.at(1),
                        ahead.at(2),
                        ahead.at(3),
                        0,
                        (long) Float.BYTES * outStride,
                        rows,
                        columns,
                        ahead.lines(0, parts),
                        ahead.lines(1, parts),
                        0);
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
