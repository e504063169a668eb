package org.mobilenet4j.kernel.machine;

import java.lang.foreign.MemorySegment;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.machine.recipe.ConvRecipe;
import org.mobilenet4j.machine.recipe.DepthwiseRecipe;
import org.mobilenet4j.machine.recipe.PoolRecipe;
import org.mobilenet4j.machine.recipe.Prefetch;

/// Makes the kernels of convolutions and pooling: the code, the weights in the order that the code reads them in, and
/// the parts that threads
/// share.
record MapBuilder(Workshop workshop, ConvShape shape) {
    /// A standard, grouped, pointwise or dense one.
    RecipeKernel conv(WeightRows rows, float[] bias) {
        int channels = shape.out().shape().channels();
        int block = ConvRecipe.block(shape, workshop.isa());
        var parts = parts(channels, block);
        boolean isBoundByWeights = parts.areBlocks() && shape.window().taps() == 1;
        return conv(rows, bias, isBoundByWeights ? Prefetch.nextLayer(parts.rows()) : Prefetch.weights(parts.band()));
    }

    /// The same with something else to fetch.
    RecipeKernel conv(WeightRows rows, float[] bias, Prefetch prefetch) {
        int columns = ConvRecipe.columns(shape, workshop.isa());
        int panels = ConvRecipe.panels(shape, workshop.isa());
        int block = ConvRecipe.block(shape, workshop.isa());
        var routine = workshop.routine(
                "conv", (a, convention, name, isa) -> ConvRecipe.emit(a, convention, name, shape, isa, prefetch));
        var packing = new Panels(shape.groups(), panels, columns, shape.groupOutputs());
        var weights = workshop.floats(packing.floats(shape.kernelRows()));
        var row = new float[bias.length];
        for (int i = 0; i < shape.kernelRows(); i++) {
            rows.copy(i, row, 0);
            packing.pack(row, weights, i, shape.kernelRows());
        }
        return new RecipeKernel(
                routine,
                weights,
                packed(packing, bias),
                parts(shape.out().shape().channels(), block));
    }

    /// A depthwise one, with one output a channel.
    RecipeKernel depthwise(float[] kernel, float[] bias) {
        int lanes = DepthwiseRecipe.CHANNELS;
        var routine = workshop.routine(
                "depthwise", (a, convention, name, isa) -> DepthwiseRecipe.emit(a, convention, name, shape, isa));
        var packing = new Panels(1, Math.ceilDiv(bias.length, lanes), lanes, bias.length);
        int taps = shape.window().taps();
        var weights = workshop.floats(packing.floats(taps));
        var row = new float[bias.length];
        for (int tap = 0; tap < taps; tap++) {
            System.arraycopy(kernel, tap * row.length, row, 0, row.length);
            packing.pack(row, weights, tap, taps);
        }
        int height = shape.out().shape().height();
        var parts = new RecipeKernel.Parts(height, packing.panels, lanes, false, 1, height);
        return new RecipeKernel(routine, weights, packed(packing, bias), parts);
    }

    /// Pooling; global pooling has channels as its units, as its output is a single row.
    RecipeKernel pool(Pool.Kind kind) {
        int channels = PoolRecipe.channels(workshop.isa());
        var routine = workshop.routine(
                "pool", (a, convention, name, isa) -> PoolRecipe.emit(a, convention, name, shape, kind, isa));
        var out = shape.out().shape();
        int blocks = Math.ceilDiv(out.channels(), channels);
        var parts = new RecipeKernel.Parts(out.height(), blocks, channels, out.height() == 1, 1, out.height());
        return new RecipeKernel(routine, MemorySegment.NULL, MemorySegment.NULL, parts);
    }

    private MemorySegment packed(Panels packing, float[] bias) {
        var target = workshop.floats(packing.floats(1));
        packing.pack(bias, target, 0, 1);
        return target;
    }

    /// A unit is an output row; a block of channels where there are more weights to read than pixels.
    private RecipeKernel.Parts parts(int channels, int block) {
        int blocks = Math.ceilDiv(channels, block);
        int height = shape.out().shape().height();
        boolean areBlocks = shape.readsMostlyWeights() && blocks > 1;
        int grain = areBlocks
                ? 1
                : Math.ceilDiv(Tuning.GRAIN_PIXELS, shape.out().shape().width());
        int row = shape.in().rowStride() * shape.window().stride() + shape.out().rowStride();
        int band = Math.clamp(2 * Tuning.SECOND_CACHE / row, Math.min(grain, height), height);
        return new RecipeKernel.Parts(height, blocks, block, areBlocks, grain, band);
    }

    /// Weights in panels of some outputs each, filled up behind a group's last output.
    private record Panels(int groups, int panels, int columns, int groupOutputs) {
        long floats(int rows) {
            return (long) groups * panels * columns * rows;
        }

        /// Puts a row of all outputs to its places as number `index` of `rows`.
        void pack(float[] row, MemorySegment target, int index, int rows) {
            for (int panel = 0; panel < groups * panels; panel++) {
                int first = panel % panels * columns;
                int source = panel / panels * groupOutputs + first;
                long at = ((long) panel * rows + index) * columns;
                Workshop.copy(row, source, target, at, Math.min(columns, groupOutputs - first));
            }
        }
    }
}
