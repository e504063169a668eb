package org.mobilenet4j.kernel.machine;

import java.lang.foreign.MemorySegment;
import org.mobilenet4j.kernel.ConvKernel;
import org.mobilenet4j.kernel.DepthwiseKernel;
import org.mobilenet4j.kernel.PoolKernel;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.machine.recipe.Corner;

/// A routine that computes any part of a map, rows by blocks of channels, from weights that are packed for it.
final class RecipeKernel extends MachineKernel implements ConvKernel, DepthwiseKernel, PoolKernel {
    private final PlannedRoutine routine;
    private final MemorySegment weights;
    private final MemorySegment bias;
    private final Parts parts;

    /// How a map is divided.
    ///
    /// @param rows      of the output
    /// @param blocks    of output channels
    /// @param channels  output channels a block
    /// @param areBlocks whether a unit is a block, and not a row
    /// @param grain     as [org.mobilenet4j.kernel.Kernel#grain]
    /// @param band      where units are rows, so many see all blocks before the next rows do
    record Parts(int rows, int blocks, int channels, boolean areBlocks, int grain, int band) {
        /// Of a convolution: a unit is an output row; a block of channels where there are more weights to read than
        /// pixels.
        ///
        /// @param block output channels a block
        /// @param place bytes of a place
        static Parts ofConv(ConvShape shape, int block, int place) {
            var out = shape.out().shape();
            int blocks = Math.ceilDiv(out.channels(), block);
            boolean areBlocks = shape.readsMostlyWeights() && blocks > 1;
            int grain = areBlocks ? 1 : Math.ceilDiv(Tuning.GRAIN_PIXELS, out.width());
            int row = place
                    * (shape.in().rowStride() * shape.window().strideRows()
                            + shape.out().rowStride());
            int most = 2 * Float.BYTES * Tuning.SECOND_CACHE / row;
            int band = Math.clamp(most, Math.min(grain, out.height()), out.height());
            return new Parts(out.height(), blocks, block, areBlocks, grain, band);
        }

        /// Of a map that is gone through once: a unit is a row.
        static Parts ofRows(Plane out, int block) {
            var shape = out.shape();
            int blocks = Math.ceilDiv(shape.channels(), block);
            return new Parts(shape.height(), blocks, block, false, 1, shape.height());
        }
    }

    /// @param weights packed; empty where there are none
    /// @param bias packed; empty where there are none
    RecipeKernel(PlannedRoutine routine, MemorySegment weights, MemorySegment bias, Parts parts) {
        this.routine = routine;
        this.weights = weights;
        this.bias = bias;
        this.parts = parts;
    }

    @Override
    public int units() {
        return parts.areBlocks ? parts.blocks : parts.rows;
    }

    @Override
    public boolean unitsAreRows() {
        return !parts.areBlocks;
    }

    @Override
    public int firstChannel(int unit) {
        return unit * parts.channels;
    }

    @Override
    public int grain() {
        return parts.grain;
    }

    @Override
    void run(long memory, int from, int to) {
        if (parts.areBlocks) {
            call(memory, Corner.at(0, from), Corner.at(parts.rows, to));
            return;
        }
        int bands = Math.ceilDiv(to - from, parts.band);
        for (int i = 0; i < bands; i++) {
            int begin = from + (to - from) * i / bands;
            int end = from + (to - from) * (i + 1) / bands;
            call(memory, Corner.at(begin, 0), Corner.at(end, parts.blocks));
        }
    }

    private void call(long memory, long from, long to) {
        routine.call(memory, weights.address(), bias.address(), memory, from, to);
    }

    /// All blocks of rows `from` to `to`, with inputs and outputs in memories of their own.
    void rows(long in, long out, int from, int to) {
        routine.call(in, weights.address(), bias.address(), out, Corner.at(from, 0), Corner.at(to, parts.blocks));
    }
}
