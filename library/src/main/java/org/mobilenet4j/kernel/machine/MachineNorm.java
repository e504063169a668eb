package org.mobilenet4j.kernel.machine;

import static org.mobilenet4j.machine.NativeRoutine.NOTHING;

import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.training.NormKernel;
import org.mobilenet4j.machine.recipe.train.NormRecipe;

/// Batch normalization and activations in training.
final class MachineNorm implements NormKernel {
    private final PlannedRoutine activate;
    private final PlannedRoutine statistics;
    private final PlannedRoutine deactivate;
    private final PlannedRoutine deactivateAdding;
    private final PlannedRoutine combine;

    MachineNorm(Workshop workshop) {
        this.activate = workshop.routine("activate", NormRecipe::activate);
        this.statistics = workshop.routine("statistics", NormRecipe::statistics);
        this.deactivate = workshop.routine(
                "deactivate", (a, convention, name, isa) -> NormRecipe.deactivate(a, convention, name, false, isa));
        this.deactivateAdding = workshop.routine(
                "deactivate", (a, convention, name, isa) -> NormRecipe.deactivate(a, convention, name, true, isa));
        this.combine = workshop.routine("combine", NormRecipe::combine);
    }

    @Override
    public void activate(
            float[] in,
            int inAt,
            int inStride,
            float[] scale,
            float[] shift,
            Clamp clamp,
            float[] out,
            int outAt,
            int outStride,
            int pixels,
            int channels) {
        call(
                activate,
                in,
                scale,
                shift,
                out,
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                inAt,
                0,
                0,
                outAt,
                0,
                0,
                inStride,
                outStride,
                pixels,
                channels,
                clamp.lowBits(),
                clamp.highBits());
    }

    @Override
    public void statistics(
            float[] in, int at, int stride, float[] center, float[] sums, float[] squares, int pixels, int channels) {
        call(
                statistics,
                in,
                center,
                sums,
                squares,
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                at,
                0,
                0,
                0,
                0,
                0,
                stride,
                0,
                pixels,
                channels,
                0,
                0);
    }

    @Override
    public void deactivate(
            float[] incoming,
            int incomingAt,
            int incomingStride,
            float[] in,
            float[] scale,
            float[] shift,
            Clamp clamp,
            float[] center,
            float[] gradient,
            int at,
            int stride,
            boolean adds,
            float[] sums,
            float[] products,
            int pixels,
            int channels) {
        call(
                adds ? deactivateAdding : deactivate,
                incoming,
                in,
                scale,
                shift,
                center,
                gradient,
                sums,
                products,
                incomingAt,
                at,
                0,
                0,
                0,
                at,
                incomingStride,
                stride,
                pixels,
                channels,
                Float.floatToRawIntBits(clamp.low()),
                Float.floatToRawIntBits(clamp.high()));
    }

    @Override
    public void combine(
            float[] gradient,
            float[] in,
            int at,
            int stride,
            float[] a,
            float[] b,
            float[] c,
            float[] out,
            int outAt,
            int outStride,
            int pixels,
            int channels) {
        call(
                combine, gradient, in, a, b, c, out, NOTHING, NOTHING, at, at, 0, 0, 0, outAt, stride, outStride,
                pixels, channels, 0, 0);
    }

    /// Strides are counted in floats.
    private static void call(
            PlannedRoutine routine,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float[] e,
            float[] f,
            float[] g,
            float[] h,
            int aAt,
            int bAt,
            int cAt,
            int dAt,
            int eAt,
            int fAt,
            int stride,
            int otherStride,
            int pixels,
            int channels,
            int low,
            int high) {
        if (pixels < 1) {
            return;
        }
        routine.get()
                .call(
                        a,
                        b,
                        c,
                        d,
                        e,
                        f,
                        g,
                        h,
                        aAt,
                        bAt,
                        cAt,
                        dAt,
                        eAt,
                        fAt,
                        0,
                        0,
                        (long) Float.BYTES * stride,
                        (long) Float.BYTES * otherStride,
                        pixels,
                        channels,
                        low,
                        high);
    }
}
