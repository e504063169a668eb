package org.mobilenet4j.kernel.machine;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.machine.NativeRoutine;
import org.mobilenet4j.machine.recipe.train.MatrixShape;
import org.mobilenet4j.machine.recipe.train.TransposeRecipe;

/// Brings weights into the order in which a product reads them.
///
/// @param transpose a routine for that, where there is one
record PanelPacking(@Nullable PlannedRoutine transpose) {
    /// Weights that are transposed in blocks of so many rows stay in the first cache.
    private static final int BLOCK = 16;

    /// Packs columns `panel.first()` and following of a matrix whose value `[k, o]` is `values[at + k * rowStride + o *
    /// columnStride]`, into `[depth][panel.columns()]` from `target` on.
    void pack(
            float[] values,
            int at,
            int rowStride,
            int columnStride,
            MatrixShape shape,
            MatrixShape.Panel panel,
            float[] packed,
            int target) {
        int columns = Math.clamp(shape.width() - panel.first(), 0, panel.columns());
        int source = at + panel.first() * columnStride;
        if (columnStride == 1) {
            for (int k = 0; k < shape.depth(); k++) {
                System.arraycopy(values, source + k * rowStride, packed, target + k * panel.columns(), columns);
            }
            return;
        }
        int done = rowStride == 1
                ? transposeBlocks(values, source, columnStride, shape, panel, columns, packed, target)
                : 0;
        for (int k = 0; k < shape.depth(); k += BLOCK) {
            int end = Math.min(k + BLOCK, shape.depth());
            for (int o = done; o < columns; o++) {
                copy(values, source + o * columnStride, rowStride, packed, target + o, panel.columns(), k, end);
            }
        }
    }

    /// How many columns it has packed.
    private int transposeBlocks(
            float[] values,
            int source,
            int columnStride,
            MatrixShape shape,
            MatrixShape.Panel panel,
            int columns,
            float[] packed,
            int target) {
        int lanes = TransposeRecipe.LANES;
        if (transpose == null || shape.depth() < lanes) {
            return 0;
        }
        long stride = (long) Float.BYTES * panel.columns();
        int done = 0;
        for (; done + lanes <= columns; done += lanes) {
            transpose
                    .get()
                    .call(
                            values,
                            packed,
                            NativeRoutine.NOTHING,
                            NativeRoutine.NOTHING,
                            NativeRoutine.NOTHING,
                            NativeRoutine.NOTHING,
                            NativeRoutine.NOTHING,
                            NativeRoutine.NOTHING,
                            source + done * columnStride,
                            target + done,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            (long) Float.BYTES * columnStride,
                            stride,
                            shape.depth(),
                            TransposeRecipe.back(shape.depth()) * stride,
                            0,
                            0);
        }
        return done;
    }

    private static void copy(
            float[] values, int at, int rowStride, float[] packed, int target, int stride, int from, int to) {
        for (int k = from; k < to; k++) {
            packed[target + k * stride] = values[at + k * rowStride];
        }
    }
}
