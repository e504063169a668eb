package org.mobilenet4j.kernel.machine;

import java.util.List;
import org.mobilenet4j.kernel.GemmKernel;
import org.mobilenet4j.machine.recipe.train.MatrixRecipe;
import org.mobilenet4j.machine.recipe.train.MatrixShape;

/// A matrix product in training.
final class MachineGemm implements GemmKernel {
    /// Weights that are transposed in blocks of so many rows stay in the first cache.
    private static final int BLOCK = 16;

    private final PlannedRoutine routine;
    private final MatrixShape shape;
    private final List<MatrixShape.Panel> panels;

    MachineGemm(Workshop workshop, MatrixShape shape) {
        this.routine = workshop.routine(
                "gemm", (a, convention, name, isa) -> MatrixRecipe.emit(a, convention, name, shape, isa));
        this.shape = shape;
        this.panels = shape.panels(workshop.isa());
    }

    @Override
    public int packedSize() {
        return Math.multiplyExact(shape.depth(), shape.columns());
    }

    @Override
    public void pack(float[] values, int at, int rowStride, int columnStride, float[] packed) {
        for (int i = 0; i < panels.size(); i++) {
            var panel = panels.get(i);
            int target = panel.first() * shape.depth();
            int source = at + panel.first() * columnStride;
            int stride = panel.columns();
            int columns = Math.clamp(shape.width() - panel.first(), 0, stride);
            if (columnStride == 1) {
                for (int k = 0; k < shape.depth(); k++) {
                    System.arraycopy(values, source + k * rowStride, packed, target + k * stride, columns);
                }
            } else {
                for (int k = 0; k < shape.depth(); k += BLOCK) {
                    int end = Math.min(k + BLOCK, shape.depth());
                    for (int o = 0; o < columns; o++) {
                        transpose(values, source + o * columnStride, rowStride, packed, target + o, stride, k, end);
                    }
                }
            }
        }
    }

    private static void transpose(
            float[] values, int at, int rowStride, float[] packed, int target, int stride, int from, int to) {
        for (int k = from; k < to; k++) {
            packed[target + k * stride] = values[at + k * rowStride];
        }
    }

    @Override
    public void multiply(float[] in, int inAt, int rows, float[] packed, float[] bias, float[] out, int outAt) {
        routine.get().call(in, packed, bias, out, inAt, 0, 0, outAt, rows, 0);
    }
}
