package org.mobilenet4j.kernel.vector;

import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.kernel.training.WeightGradientKernel;

/// The weight gradient in tiles: several rows of the weights by one or two vectors, held in registers while the
/// rows of both feature maps stream by.
record VectorWeightGradient(int depth, int width, int inStride, int outStride) implements WeightGradientKernel {
    /// Sums that the JIT keeps in registers; with 12 sums in 16 registers it would spill some.
    private static final int SUMS =
            Lanes.hasManyRegisters() ? Tuning.SUMS_IN_32_REGISTERS : Tuning.ZEROED_SUMS_IN_16_REGISTERS;

    @Override
    public void add(float[] in, int inAt, float[] out, int outAt, int rows, float[] sums) {
        int stride = PixelStride.of(width);
        int all = stride / Lanes.COUNT;
        for (int vector = 0; vector < all; vector += 2) {
            int vectors = Math.min(2, all - vector);
            int most = Math.min(SUMS / vectors, Tuning.TALLEST_TILE);
            int tiles = Math.ceilDiv(depth, most);
            int low = depth / tiles;
            int high = depth % tiles; // this many tiles are one row taller
            int first = vector * Lanes.COUNT;
            int row = 0;
            for (int tile = 0; tile < tiles; tile++) {
                int height = tile < high ? low + 1 : low;
                GradientTiles.run(
                        vectors,
                        height,
                        in,
                        inAt + row,
                        inStride,
                        out,
                        outAt + first,
                        outStride,
                        rows,
                        sums,
                        row * stride + first,
                        stride);
                row += height;
            }
        }
    }
}
