package org.mobilenet4j.kernel.scalar;

import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.kernel.ArrayKernel;
import org.mobilenet4j.kernel.PoolKernel;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.PoolWindow;

/// The reference: one value at a time.
final class ScalarPool implements PoolKernel, ArrayKernel {
    private final ConvShape shape;
    private final boolean isMax;

    ScalarPool(ConvShape shape, Pool.Kind kind) {
        this.shape = shape;
        this.isMax = kind == Pool.Kind.MAX;
    }

    /// One unit is one output row.
    @Override
    public int units() {
        return shape.out().shape().height();
    }

    @Override
    public void run(float[] memory, int from, int to) {
        for (int y = from; y < to; y++) {
            var rows = PoolWindow.rows(shape, y);
            for (int x = 0; x < shape.out().shape().width(); x++) {
                var columns = PoolWindow.columns(shape, x);
                int target = shape.out().at(y, x);
                for (int c = 0; c < shape.out().shape().channels(); c++) {
                    memory[target + c] = shape.clamp().apply(value(memory, rows, columns, c));
                }
            }
        }
    }

    private float value(float[] memory, PoolWindow rows, PoolWindow columns, int c) {
        float sum = isMax ? Float.NEGATIVE_INFINITY : 0;
        for (int y = rows.from(); y < rows.to(); y++) {
            for (int x = columns.from(); x < columns.to(); x++) {
                float value = memory[shape.in().at(y, x) + c];
                sum = isMax ? Math.max(sum, value) : sum + value;
            }
        }
        return isMax ? sum : sum / (rows.count() * columns.count());
    }
}
