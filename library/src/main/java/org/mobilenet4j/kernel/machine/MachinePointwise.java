package org.mobilenet4j.kernel.machine;

import java.lang.foreign.MemorySegment;
import org.mobilenet4j.kernel.ConvKernel;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.machine.NativeRoutine;
import org.mobilenet4j.machine.recipe.PointwiseProduct;
import org.mobilenet4j.machine.recipe.PointwiseShape;

/// Pointwise convolutions, grouped ones too, and dense layers.
final class MachinePointwise extends MachineKernel implements ConvKernel {
    private static final String NAME = "pointwise";

    private final ConvShape shape;
    private final int columns;
    private final int panels;
    private final boolean unitsArePanels;
    /// So many rows see all panels of weights before the next rows do.
    private final int bandRows;
    /// Rows as the code goes over them: a map without gaps is one long row.
    private final int rows;
    private final MemorySegment packed;
    private final NativeRoutine routine;

    MachinePointwise(Workshop workshop, ConvShape shape, WeightRows weights, float[] bias) {
        this.shape = shape;
        this.columns = PointwiseProduct.columns(workshop.isa());
        this.panels = Math.ceilDiv(shape.groupOutputs(), columns);
        this.unitsArePanels = shape.readsMostlyWeights() && panels * shape.groups() > 1;
        int height = shape.out().shape().height();
        int row = shape.in().rowStride() * shape.window().stride() + shape.out().rowStride();
        this.bandRows = Math.clamp(Tuning.SECOND_CACHE / row, Math.min(grain(), height), height);
        var product = product(shape);
        boolean isOneRow = unitsArePanels
                && product.inRow() == product.width() * product.inStride()
                && product.outRow() == product.width() * product.outStride();
        this.rows = isOneRow ? 1 : height;
        var goneOver = isOneRow ? joined(product, height) : product;
        this.routine = workshop.routine(
                NAME, (a, convention, isa) -> PointwiseProduct.emit(a, convention, NAME, goneOver, isa));
        this.packed = pack(workshop, weights, bias);
    }

    private static PointwiseShape product(ConvShape shape) {
        Plane in = shape.in();
        Plane out = shape.out();
        int stride = shape.window().stride();
        return new PointwiseShape(
                out.shape().width(),
                shape.groupInputs(),
                shape.groupOutputs(),
                Float.BYTES * stride * in.pixelStride(),
                Float.BYTES * stride * in.rowStride(),
                Float.BYTES * out.pixelStride(),
                Float.BYTES * out.rowStride(),
                shape.clamp().lowBits(),
                shape.clamp().highBits());
    }

    private static PointwiseShape joined(PointwiseShape rows, int height) {
        return new PointwiseShape(
                rows.width() * height,
                rows.inputs(),
                rows.outputs(),
                rows.inStride(),
                rows.inRow() * height,
                rows.outStride(),
                rows.outRow() * height,
                rows.lowBits(),
                rows.highBits());
    }

    private MemorySegment pack(Workshop workshop, WeightRows weights, float[] bias) {
        int inputs = shape.groupInputs();
        long panel = (1L + inputs) * columns;
        var target = workshop.floats(panel * panels * shape.groups());
        var whole = new float[bias.length];
        for (int row = 0; row <= inputs; row++) {
            if (row > 0) {
                weights.copy(row - 1, whole, 0);
            }
            for (int index = 0; index < shape.groups() * panels; index++) {
                int first = index % panels * columns;
                int count = Math.min(columns, shape.groupOutputs() - first);
                int source = index / panels * shape.groupOutputs() + first;
                Workshop.copy(row == 0 ? bias : whole, source, target, index * panel + (long) row * columns, count);
            }
        }
        return target;
    }

    /// One unit is an output row; a panel of channels where there are more weights to read than pixels.
    @Override
    public int units() {
        return unitsArePanels ? panels * shape.groups() : shape.out().shape().height();
    }

    @Override
    public boolean unitsAreRows() {
        return !unitsArePanels;
    }

    @Override
    public int firstChannel(int unit) {
        return unit / panels * shape.groupOutputs() + unit % panels * columns;
    }

    @Override
    public int grain() {
        return unitsArePanels
                ? 1
                : Math.ceilDiv(Tuning.GRAIN_PIXELS, shape.out().shape().width());
    }

    @Override
    void run(long memory, int from, int to) {
        if (from == to) {
            return;
        }
        if (unitsArePanels) {
            for (int group = from / panels; group * panels < to; group++) {
                int first = Math.max(from - group * panels, 0);
                int end = Math.min(to - group * panels, panels);
                run(memory, group, first, end, 0, rows);
            }
            return;
        }
        int bands = Math.ceilDiv(to - from, bandRows);
        for (int i = 0; i < bands; i++) {
            int begin = from + (to - from) * i / bands;
            int end = from + (to - from) * (i + 1) / bands;
            for (int group = 0; group < shape.groups(); group++) {
                run(memory, group, 0, panels, begin, end - begin);
            }
        }
    }

    private void run(long memory, int group, int firstPanel, int endPanel, int firstRow, int count) {
        long in = shape.windowAt(firstRow, 0) + (long) group * shape.groupInputs();
        long out = shape.out().at(firstRow, 0) + (long) group * shape.groupOutputs();
        long weights = (1L + shape.groupInputs()) * columns * panels * group;
        routine.call(
                memory + Float.BYTES * in,
                packed.address() + Float.BYTES * weights,
                memory + Float.BYTES * out,
                firstPanel,
                endPanel,
                count);
    }
}
