package org.mobilenet4j.kernel.vector;

import static org.mobilenet4j.kernel.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.kernel.ArrayKernel;
import org.mobilenet4j.kernel.PoolKernel;
import org.mobilenet4j.kernel.Scratch;
import org.mobilenet4j.kernel.Warmth;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.PoolWindow;

/// Vectors of channels, one output pixel at a time. Sums are in the same order as in the reference, so the results
/// are the same.
final class VectorPool implements PoolKernel, ArrayKernel {
    /// A tap takes about a nanosecond when compiled, and fifty when not.
    private static final long WARM_NANOS_PER_TAP = 5;

    private static final long WARM_NANOS = 1_000;

    /// Rows and columns of a window that fit the L1 cache; large ones, such as whole feature maps, would wait for
    /// memory instead.
    private static final int WARM_UP_SIDE = 8;

    private final ConvShape shape;
    private final boolean isMax;
    private final Scratch scratch = new Scratch(Lanes.COUNT);

    VectorPool(ConvShape shape, Pool.Kind kind) {
        this.shape = shape;
        this.isMax = kind == Pool.Kind.MAX;
    }

    /// One unit is one output row, or one vector of channels if there is a single pixel.
    @Override
    public int units() {
        return isGlobal()
                ? Math.ceilDiv(shape.out().shape().channels(), Lanes.COUNT)
                : shape.out().shape().height();
    }

    private boolean isGlobal() {
        return shape.out().shape().pixels() == 1;
    }

    @Override
    public void run(float[] memory, int from, int to) {
        int channels = shape.out().shape().channels();
        if (isGlobal()) {
            channels(memory, 0, 0, from * Lanes.COUNT, Math.min(channels, to * Lanes.COUNT));
            return;
        }
        for (int y = from; y < to; y++) {
            for (int x = 0; x < shape.out().shape().width(); x++) {
                channels(memory, y, x, 0, channels);
            }
        }
    }

    /// Output pixel `(y, x)` for the channels from `from` to `to`.
    private void channels(float[] memory, int y, int x, int from, int to) {
        int target = shape.out().at(y, x);
        for (int c = from; c + Lanes.COUNT <= to; c += Lanes.COUNT) {
            pixel(memory, y, x, c, memory, target + c);
        }
        int over = (to - from) % Lanes.COUNT;
        if (over > 0) { // stored in a separate array first, as vectors are stored whole
            var aside = scratch.take();
            pixel(memory, y, x, to - over, aside, 0);
            System.arraycopy(aside, 0, memory, target + to - over, over);
            scratch.give(aside);
        }
    }

    /// Output pixel `(y, x)` for the block of channels from `c` on.
    private void pixel(float[] memory, int y, int x, int c, float[] target, int out) {
        var rows = PoolWindow.rows(shape, y);
        var columns = PoolWindow.columns(shape, x);
        int at = shape.in().at(rows.from(), columns.from()) + c;
        window(memory, at, rows.count(), columns.count(), target, out);
    }

    private void window(float[] memory, int at, int rows, int columns, float[] target, int out) {
        if (isMax) {
            max(memory, at, rows, columns, target, out);
        } else {
            mean(memory, at, rows, columns, target, out);
        }
    }

    @Override
    public boolean warmUp(float[] memory, Warmth warmth) {
        int rows = Math.min(PoolWindow.rows(shape, 0).count(), WARM_UP_SIDE);
        int columns = Math.min(PoolWindow.columns(shape, 0).count(), WARM_UP_SIDE);
        long nanos = WARM_NANOS_PER_TAP * rows * columns + WARM_NANOS;
        int at = shape.in().at(0, 0);
        var aside = scratch.take();
        boolean isWarm = warmth.reach(nanos, () -> window(memory, at, rows, columns, aside, 0));
        scratch.give(aside);
        return isWarm;
    }

    private void max(float[] memory, int at, int rows, int columns, float[] target, int out) {
        var largest = FloatVector.fromArray(SPECIES, memory, at);
        for (int i = 0; i < rows; i++) {
            int row = at + i * shape.in().rowStride();
            for (int j = 0; j < columns; j++) {
                largest = largest.max(FloatVector.fromArray(
                        SPECIES, memory, row + j * shape.in().pixelStride()));
            }
        }
        largest.reinterpretAsInts()
                .max(shape.clamp().lowBits())
                .min(shape.clamp().highBits())
                .reinterpretAsFloats()
                .intoArray(target, out);
    }

    private void mean(float[] memory, int at, int rows, int columns, float[] target, int out) {
        var sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < rows; i++) {
            int row = at + i * shape.in().rowStride();
            for (int j = 0; j < columns; j++) {
                sum = sum.add(FloatVector.fromArray(
                        SPECIES, memory, row + j * shape.in().pixelStride()));
            }
        }
        var mean = sum.div(rows * columns);
        mean.reinterpretAsInts()
                .max(shape.clamp().lowBits())
                .min(shape.clamp().highBits())
                .reinterpretAsFloats()
                .intoArray(target, out);
    }
}
