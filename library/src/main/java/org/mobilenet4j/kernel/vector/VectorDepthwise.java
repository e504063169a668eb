package org.mobilenet4j.kernel.vector;

import static org.mobilenet4j.kernel.vector.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.mobilenet4j.kernel.ArrayKernel;
import org.mobilenet4j.kernel.DepthwiseKernel;
import org.mobilenet4j.kernel.Scratch;
import org.mobilenet4j.kernel.Warmth;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.kernel.vector.ThreeByThree.Strides;

/// Vectors of channels, row by row: all channel blocks of a row before the next row, so that the rows under the
/// window stay in the cache. 3x3 windows have their own implementation, [ThreeByThree].
final class VectorDepthwise implements DepthwiseKernel, ArrayKernel {
    /// This many pixels take less than a microsecond when compiled, and many when not.
    private static final int WARM_UP_WIDTH = 16;

    private final ConvShape shape;
    private final int channels;
    private final int[] taps;
    private final Strides strides;
    private final boolean isThreeByThree;
    private final boolean takesPairs;
    /// `[block][tap][lane]`, zeros past the last channel.
    private final float[] weights;
    /// `[block][lane]`.
    private final float[] bias;

    private final Scratch scratch;

    VectorDepthwise(ConvShape shape, float[] kernel, float[] bias) {
        this.shape = shape;
        this.channels = bias.length;
        var window = shape.window();
        this.taps = new int[window.taps()];
        for (int tap = 0; tap < taps.length; tap++) {
            taps[tap] = shape.tapAt(tap / window.width(), tap % window.width());
        }
        this.isThreeByThree = window.height() == 3 && window.width() == 3;
        this.takesPairs = isThreeByThree
                && window.strideRows() == 1
                && window.strideColumns() == 1
                && window.dilation() == 1
                && Lanes.hasManyRegisters();
        this.strides = new Strides(
                shape.tapAt(0, 1),
                shape.tapAt(1, 0),
                window.strideColumns() * shape.in().pixelStride());
        this.scratch = new Scratch(Math.max(shape.out().shape().width(), WARM_UP_WIDTH) * 2 * Lanes.COUNT);
        int blocks = Math.ceilDiv(channels, Lanes.COUNT);
        this.bias = Arrays.copyOf(bias, blocks * Lanes.COUNT);
        this.weights = new float[blocks * taps.length * Lanes.COUNT];
        for (int c = 0; c < channels; c++) {
            for (int tap = 0; tap < taps.length; tap++) {
                weights[(c / Lanes.COUNT * taps.length + tap) * Lanes.COUNT + c % Lanes.COUNT] =
                        kernel[tap * channels + c];
            }
        }
    }

    /// One unit is one output row.
    @Override
    public int units() {
        return shape.out().shape().height();
    }

    @Override
    public void run(float[] memory, int from, int to) {
        int y = from;
        if (takesPairs) {
            for (; y + 1 < to; y += 2) {
                rows(memory, y, 2);
            }
        }
        for (; y < to; y++) {
            rows(memory, y, 1);
        }
    }

    /// One output row or two, all channels.
    private void rows(float[] memory, int y, int count) {
        int width = shape.out().shape().width();
        int rowStride = shape.out().rowStride();
        for (int c = 0; c < channels; c += Lanes.COUNT) {
            int out = shape.out().at(y, 0) + c;
            if (c + Lanes.COUNT <= shape.out().room()) {
                block(memory, y, count, c, memory, out, rowStride, shape.out().pixelStride(), width);
                continue;
            }
            // Whole vectors are stored: where they would reach too far, they are stored in a separate array and
            // copied.
            var aside = scratch.take();
            block(memory, y, count, c, aside, 0, width * Lanes.COUNT, Lanes.COUNT, width);
            for (int p = 0; p < count * width; p++) {
                int at = out + p / width * rowStride + p % width * shape.out().pixelStride();
                System.arraycopy(aside, p * Lanes.COUNT, memory, at, channels - c);
            }
            scratch.give(aside);
        }
    }

    /// The first `width` pixels of one output row or two, for the block of channels from `c` on.
    private void block(
            float[] memory, int y, int rows, int c, float[] target, int out, int outRow, int outStep, int width) {
        int in = shape.windowAt(y, 0) + c;
        int at = c * taps.length;
        if (rows == 2) {
            ThreeByThree.rowPair(
                    memory, in, strides, weights, at, bias, c, target, out, outRow, outStep, width, shape.clamp());
        } else if (isThreeByThree) {
            ThreeByThree.row(memory, in, strides, weights, at, bias, c, target, out, outStep, width, shape.clamp());
        } else {
            anyWindow(memory, in, target, out, outStep, width, c);
        }
    }

    private void anyWindow(float[] memory, int in, float[] target, int out, int outStep, int width, int c) {
        int low = shape.clamp().lowBits();
        int high = shape.clamp().highBits();
        for (int x = 0; x < width; x++) {
            var sum = FloatVector.fromArray(SPECIES, bias, c);
            for (int tap = 0; tap < taps.length; tap++) {
                var w = FloatVector.fromArray(SPECIES, weights, c * taps.length + tap * Lanes.COUNT);
                sum = FloatVector.fromArray(SPECIES, memory, in + x * strides.step() + taps[tap])
                        .fma(w, sum);
            }
            sum.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(target, out + x * outStep);
        }
    }

    @Override
    public boolean warmUp(float[] memory, Warmth warmth) {
        int width = Math.min(shape.out().shape().width(), WARM_UP_WIDTH);
        int rows = takesPairs && units() > 1 ? 2 : 1;
        var aside = scratch.take();
        boolean isWarm = warmth.reach(
                        Tuning.WARM_NANOS, () -> block(memory, 0, rows, 0, aside, 0, 0, Lanes.COUNT, width))
                && warmth.reach(Tuning.WARM_NANOS, () -> block(memory, 0, 1, 0, aside, 0, 0, Lanes.COUNT, width));
        scratch.give(aside);
        return isWarm;
    }
}
