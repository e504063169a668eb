package org.mobilenet4j.kernel;

import jdk.incubator.vector.FloatVector;
import org.mobilenet4j.arch.Pool;

/// Vectors of channels, one output pixel at a time. Sums in the same order as the reference, so the results are its
/// own.
final class VectorPool implements PoolKernel {
    /// A tap takes about a nanosecond when compiled, and fifty when not.
    private static final long WARM_NANOS_PER_TAP = 5;

    private static final long WARM_NANOS = 1_000;

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
            for (int x = 0; x < shape.out().shape().width(); x++) {
                for (int c = 0; c < channels; c += Lanes.COUNT) {
                    pixel(memory, y, x, c);
                }
            }
        }
    }

    /// Output pixel `(y, x)` for the block of channels from `c` on.
    private void pixel(float[] memory, int y, int x, int c) {
        var rows = PoolWindow.rows(shape, y);
        var columns = PoolWindow.columns(shape, x);
        int at = shape.in().at(rows.from(), columns.from()) + c;
        int rowStep = shape.in().rowStride();
        int columnStep = shape.in().pixelStride();
        var value = isMax
                ? max(memory, at, rows.count(), rowStep, columns.count(), columnStep)
                : mean(memory, at, rows.count(), rowStep, columns.count(), columnStep);
        var clamped = Lanes.clamp(value, shape.clamp().lowBits(), shape.clamp().highBits());
        Lanes.store(
                clamped, memory, shape.out().at(y, x) + c, shape.out().shape().channels() - c);
    }

    /// The first and the last block differ in width.
    @Override
    public boolean warmUp(float[] memory, Warmth warmth) {
        int lastBlock = (shape.out().shape().channels() - 1) / Lanes.COUNT * Lanes.COUNT;
        long nanos = WARM_NANOS_PER_TAP * shape.window().taps() + WARM_NANOS;
        return warmth.reach(nanos, () -> pixel(memory, 0, 0, 0))
                && warmth.reach(nanos, () -> pixel(memory, 0, 0, lastBlock));
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
