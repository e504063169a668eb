package org.mobilenet4j.kernel.machine;

import java.util.List;
import org.mobilenet4j.kernel.training.Ahead;
import org.mobilenet4j.kernel.training.GemmKernel;
import org.mobilenet4j.machine.recipe.train.Factors;
import org.mobilenet4j.machine.recipe.train.MatrixRecipe;
import org.mobilenet4j.machine.recipe.train.MatrixShape;

/// A matrix product in training, of floats or pairs in bfloat16.
final class MachineGemm implements GemmKernel {
    private final PlannedRoutine routine;
    private final MatrixShape shape;
    private final PanelPacking packing;
    private final List<MatrixShape.Panel> panels;
    private final Ahead nothing = new Ahead();
    private final int height;

    MachineGemm(Workshop workshop, MatrixShape shape, Factors factors, PanelPacking packing) {
        this.routine = workshop.routine(
                "gemm", (a, convention, name, isa) -> MatrixRecipe.emit(a, convention, name, shape, factors, isa));
        this.shape = shape;
        this.packing = packing;
        this.panels = shape.panels(workshop.isa());
        this.height = MatrixShape.height(workshop.isa());
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
            packing.pack(values, at, rowStride, columnStride, shape, panel, packed, target);
        }
    }

    @Override
    public void multiply(float[] in, int inAt, int rows, float[] packed, float[] bias, float[] out, int outAt) {
        multiply(in, inAt, rows, packed, bias, out, outAt, nothing);
    }

    @Override
    public void multiply(
            float[] in, int inAt, int rows, float[] packed, float[] bias, float[] out, int outAt, Ahead ahead) {
        if (rows < 1) {
            return;
        }
        int tiles = panels.size() * Math.ceilDiv(rows, height);
        routine.get()
                .call(
                        in,
                        packed,
                        bias,
                        out,
                        ahead.array(0),
                        ahead.array(1),
                        ahead.array(2),
                        ahead.array(3),
                        inAt,
                        0,
                        0,
                        outAt,
                        ahead.at(0),
                        ahead.at(1),
                        ahead.at(2),
                        ahead.at(3),
                        rows,
                        ahead.lines(0, tiles),
                        ahead.lines(1, tiles),
                        0,
                        0,
                        0);
    }
}
