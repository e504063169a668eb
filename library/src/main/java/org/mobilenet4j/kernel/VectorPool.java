package org.mobilenet4j.kernel;

import jdk.incubator.vector.FloatVector;
import org.mobilenet4j.arch.Pool;

/// Vectors of channels, one output pixel at a time. Sums in the same order as the reference, so the results are its
/// own.
final class VectorPool implements PoolKernel {
    private final ConvShape shape;
    private final boolean isMax;

    VectorPool(ConvShape shape, Pool.Kind kind) {
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
        int channels = shape.out().shape().channels();
        for (int y = from; y < to; y++) {
            var rows = PoolWindow.rows(shape, y);
            for (int x = 0; x < shape.out().shape().width(); x++) {
                var columns = PoolWindow.columns(shape, x);
                int start = shape.in().at(rows.from(), columns.from());
                int rowStep = shape.in().rowStride();
                int columnStep = shape.in().pixelStride();
                int target = shape.out().at(y, x);
                for (int c = 0; c < channels; c += Lanes.COUNT) {
                    int at = start + c;
                    var value = isMax
                            ? max(memory, at, rows.count(), rowStep, columns.count(), columnStep)
                            : mean(memory, at, rows.count(), rowStep, columns.count(), columnStep);
                    var clamped = Lanes.clamp(
                            value, shape.clamp().lowBits(), shape.clamp().highBits());
                    Lanes.store(clamped, memory, target + c, channels - c);
                }
            }
        }
    }

    private static FloatVector max(float[] memory, int at, int rows, int rowStep, int columns, int columnStep) {
        var largest = Lanes.load(memory, at);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                largest = largest.max(Lanes.load(memory, at + i * rowStep + j * columnStep));
            }
        }
        return largest;
    }

    private static FloatVector mean(float[] memory, int at, int rows, int rowStep, int columns, int columnStep) {
        var sum = FloatVector.zero(Lanes.SPECIES);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                sum = sum.add(Lanes.load(memory, at + i * rowStep + j * columnStep));
            }
        }
        return sum.div(rows * columns);
    }
}
