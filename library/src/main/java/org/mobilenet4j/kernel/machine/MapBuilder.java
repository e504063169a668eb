package org.mobilenet4j.kernel.machine;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.recipe.ConvRecipe;
import org.mobilenet4j.machine.recipe.DepthwiseRecipe;
import org.mobilenet4j.machine.recipe.PoolRecipe;
import org.mobilenet4j.machine.recipe.Prefetch;

/// Makes the kernels of convolutions and pooling: the code, the weights in the order that the code reads them in, and
/// the parts that threads share.
record MapBuilder(Workshop workshop, ConvShape shape) {
    /// A standard, grouped, pointwise or dense one.
    RecipeKernel conv(WeightRows rows, float[] bias) {
        var parts = parts();
        boolean isBoundByWeights = parts.areBlocks() && shape.window().taps() == 1;
        return conv(rows, bias, isBoundByWeights ? Prefetch.nextLayer(parts.rows()) : Prefetch.weights(parts.band()));
    }

    /// The same with something else to fetch.
    RecipeKernel conv(WeightRows rows, float[] bias, Prefetch prefetch) {
        int columns = ConvRecipe.columns(shape, workshop.isa());
        int panels = ConvRecipe.panels(shape, workshop.isa());
        var routine = workshop.routine("conv", new ConvCode(shape, prefetch));
        var packing = new Panels(shape.groups(), panels, columns, shape.groupOutputs());
        var weights = workshop.floats(packing.floats(shape.kernelRows()));
        packing.pack(rows, shape.kernelRows(), weights);
        return new RecipeKernel(routine, weights, packed(packing, bias), parts());
    }

    private RecipeKernel.Parts parts() {
        return RecipeKernel.Parts.ofConv(shape, ConvRecipe.block(shape, workshop.isa()), Float.BYTES);
    }

    /// A depthwise one, with one output a channel.
    RecipeKernel depthwise(float[] kernel, float[] bias) {
        int lanes = DepthwiseRecipe.CHANNELS;
        var routine = workshop.routine("depthwise", new DepthwiseCode(shape));
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
        var routine = workshop.routine("pool", new PoolCode(shape, kind));
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

    /// Weights in panels of some outputs each, filled up behind a group's last output.
    private record Panels(int groups, int panels, int columns, int groupOutputs) {
        private static final int ROWS = 16;

        long floats(int rows) {
            return (long) groups * panels * columns * rows;
        }

        /// Packs all rows, some at a time, as a copy to memory off the heap costs as much as many values.
        void pack(WeightRows rows, int count, MemorySegment target) {
            int outputs = groups * groupOutputs;
            var block = new float[ROWS * outputs];
            var piece = new float[ROWS * columns];
            for (int from = 0; from < count; from += ROWS) {
                int some = Math.min(ROWS, count - from);
                for (int i = 0; i < some; i++) {
                    rows.copy(from + i, block, i * outputs);
                }
                for (int panel = 0; panel < groups * panels; panel++) {
                    int first = panel % panels * columns;
                    int width = Math.min(columns, groupOutputs - first);
                    if (width < columns) {
                        Arrays.fill(piece, 0);
                    }
                    int source = panel / panels * groupOutputs + first;
                    for (int i = 0; i < some; i++) {
                        System.arraycopy(block, i * outputs + source, piece, i * columns, width);
                    }
                    Workshop.copy(piece, 0, target, ((long) panel * count + from) * columns, some * columns);
                }
            }
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
