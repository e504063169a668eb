package org.mobilenet4j.kernel.machine;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.FixedPointMultiplier;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.quantized.QuantizedAveragePool;
import org.mobilenet4j.kernel.quantized.QuantizedMean;
import org.mobilenet4j.kernel.quantized.ZeroPoints;
import org.mobilenet4j.machine.recipe.bytes.BytePoolRecipe;
import org.mobilenet4j.machine.recipe.bytes.BytePooling;

/// Makes kernels that pool maps of bytes.
record BytePoolBuilder(Workshop workshop, ZeroPoints zeros) {
    /// Results up to here are rescaled exactly.
    private static final int MOST_RESULT = 255;

    private static final int GREATEST = 255;

    RecipeKernel max(ConvShape shape) {
        return build(shape, new BytePooling.Max());
    }

    /// Null where the window is too large.
    @Nullable
    RecipeKernel average(QuantizedAveragePool pool) {
        var shape = pool.geometry();
        int pixels = Math.min(shape.window().taps(), shape.in().shape().pixels());
        if (pixels > BytePooling.Average.MOST_PIXELS) {
            return null;
        }
        return build(
                shape,
                new BytePooling.Average(
                        pool.from().zeroPoint() - zeros.input(),
                        pool.to().least(),
                        pool.to().greatest(),
                        zeros.output() - pool.to().zeroPoint()));
    }

    /// Null where results, before the output's zero point is added, are larger than bytes.
    @Nullable
    RecipeKernel mean(QuantizedMean mean) {
        var in = mean.in().shape();
        int low = mean.to().least() - mean.after();
        int high = mean.to().greatest() - mean.after();
        if (Math.max(Math.abs((long) low), Math.abs((long) high)) > MOST_RESULT) {
            return null;
        }
        int bias = mean.before() - in.pixels() * zeros.input();
        var rescaling = new OutputRescaling(
                new int[] {bias},
                new FixedPointMultiplier[] {mean.multiplier()},
                low,
                high,
                false,
                (long) in.pixels() * GREATEST);
        int zero = mean.after() - mean.to().zeroPoint() + zeros.output();
        var all = new Window(in.height(), in.width(), 1, 1, Padding.VALID);
        return build(new ConvShape(mean.in(), mean.out(), all, 1, Clamp.NONE), new BytePooling.Mean(rescaling, zero));
    }

    private RecipeKernel build(ConvShape shape, BytePooling pooling) {
        var routine = workshop.routine(
                "pool", (a, convention, name, isa) -> BytePoolRecipe.emit(a, convention, name, shape, pooling, isa));
        int channels = BytePoolRecipe.channels(workshop.isa());
        var out = shape.out().shape();
        int blocks = Math.ceilDiv(out.channels(), channels);
        var parts = new RecipeKernel.Parts(out.height(), blocks, channels, out.height() == 1, 1, out.height());
        return new RecipeKernel(routine, MemorySegment.NULL, MemorySegment.NULL, parts);
    }
}
