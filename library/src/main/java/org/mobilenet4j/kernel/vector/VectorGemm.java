package org.mobilenet4j.kernel.vector;

import java.util.Arrays;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.kernel.training.GemmKernel;

/// The matrix product in tiles: several rows by one, two or four vectors of columns, held in registers while the
/// packed matrix, `[block of columns][row][lane]`, streams by.
final class VectorGemm implements GemmKernel {
    /// Sums that fit the registers beside the packed values and one input.
    private static final int SUMS = Lanes.mostSums();

    private final int depth;
    private final int width;
    /// Vectors per block of columns; the last block may have fewer.
    private final int vectors;

    /// Where each row starts.
    private final int[] inRows;

    private final int[] outRows;

    VectorGemm(int depth, int width, int inStride, int outStride, int mostRows) {
        this.depth = depth;
        this.width = width;
        int needed = Math.ceilDiv(PixelStride.of(width), Lanes.COUNT);
        this.vectors = needed == 1 ? 1 : 2;
        this.inRows = rows(mostRows, inStride);
        this.outRows = rows(mostRows, outStride);
    }

    private static int[] rows(int count, int stride) {
        var rows = new int[count];
        Arrays.setAll(rows, p -> Math.multiplyExact(p, stride));
        return rows;
    }

    private int blockWidth() {
        return vectors * Lanes.COUNT;
    }

    private int blocks() {
        return Math.ceilDiv(PixelStride.of(width), blockWidth());
    }

    /// The last block covers the pixel's whole stride.
    private int vectors(int block) {
        int left = PixelStride.of(width) - block * blockWidth();
        return Math.min(vectors, left / Lanes.COUNT);
    }

    @Override
    public int packedSize() {
        return Math.multiplyExact(blocks() * depth, blockWidth());
    }

    @Override
    public void pack(float[] values, int at, int rowStride, int columnStride, float[] packed) {
        for (int block = 0; block < blocks(); block++) {
            int first = block * blockWidth();
            int lanes = vectors(block) * Lanes.COUNT;
            int columns = Math.clamp(width - first, 0, lanes);
            for (int k = 0; k < depth; k++) {
                int target = block * depth * blockWidth() + k * lanes;
                int source = at + k * rowStride + first * columnStride;
                for (int o = 0; o < columns; o++) {
                    packed[target + o] = values[source + o * columnStride];
                }
            }
        }
    }

    @Override
    public void multiply(float[] in, int inAt, int rows, float[] packed, float[] bias, float[] out, int outAt) {
        int most = Math.min(SUMS / vectors, Tuning.TALLEST_TILE);
        int tiles = Math.ceilDiv(rows, most);
        int low = rows / tiles;
        int high = rows % tiles; // this many tiles are one row taller
        for (int block = 0; block < blocks(); block++) {
            int first = block * blockWidth();
            int blockVectors = vectors(block);
            int row = 0;
            for (int tile = 0; tile < tiles; tile++) {
                int height = tile < high ? low + 1 : low;
                Tiles.run(
                        blockVectors,
                        height,
                        in,
                        inRows,
                        row,
                        inAt,
                        packed,
                        first * depth,
                        depth,
                        bias,
                        first,
                        out,
                        outRows,
                        row,
                        outAt + first,
                        Clamp.NONE.lowBits(),
                        Clamp.NONE.highBits());
                row += height;
            }
        }
    }
}
