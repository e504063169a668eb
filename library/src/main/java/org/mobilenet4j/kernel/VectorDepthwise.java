package org.mobilenet4j.kernel;

import jdk.incubator.vector.FloatVector;

/// Vectors of channels: the weights of a block of channels stay in registers while the window walks along a row.
final class VectorDepthwise implements DepthwiseKernel {
    /// So many pixels take less than a microsecond when compiled, and many when not.
    private static final int WARM_UP_WIDTH = 16;

    private static final long WARM_NANOS = 6_000;

    private final ConvShape shape;
    private final int channels;
    private final int[] taps;
    /// `[block][tap][lane]`, zeros past the last channel.
    private final float[] weights;
    /// `[block][lane]`.
    private final float[] bias;

    private final Scratch scratch;

    VectorDepthwise(ConvShape shape, float[] kernel, float[] bias) {
        this.shape = shape;
        this.channels = bias.length;
        this.scratch = new Scratch(Math.max(shape.out().shape().width(), WARM_UP_WIDTH) * Lanes.COUNT);
        this.taps = new int[shape.window().taps()];
        for (int tap = 0; tap < taps.length; tap++) {
            taps[tap] = shape.tapAt(
                    tap / shape.window().width(), tap % shape.window().width());
        }
        int blocks = Math.ceilDiv(channels, Lanes.COUNT);
        this.bias = java.util.Arrays.copyOf(bias, blocks * Lanes.COUNT);
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
        int width = shape.out().shape().width();
        int whole = Math.max(channels, shape.out().room()) / Lanes.COUNT * Lanes.COUNT;
        for (int y = from; y < to; y++) {
            for (int c = 0; c < Math.min(whole, channels); c += Lanes.COUNT) {
                row(
                        memory,
                        y,
                        c,
                        width,
                        memory,
                        shape.out().at(y, 0) + c,
                        shape.out().pixelStride());
            }
            if (whole < channels) {
                lastRow(memory, y, whole, width);
            }
        }
    }

    /// Whole vectors are stored: fewer channels than that go to an array beside, from which they are copied.
    private void lastRow(float[] memory, int y, int c, int width) {
        var aside = scratch.take();
        row(memory, y, c, width, aside, 0, Lanes.COUNT);
        for (int x = 0; x < width; x++) {
            System.arraycopy(aside, x * Lanes.COUNT, memory, shape.out().at(y, x) + c, channels - c);
        }
        scratch.give(aside);
    }

    /// The first `width` pixels of output row `y`, for the block of channels from `c` on.
    private void row(float[] memory, int y, int c, int width, float[] target, int out, int outStep) {
        int in = shape.windowAt(y, 0) + c;
        int inStep = shape.window().stride() * shape.in().pixelStride();
        if (shape.window().height() == 3 && shape.window().width() == 3) {
            threeByThree(memory, in, inStep, target, out, outStep, width, c);
        } else {
            anyWindow(memory, in, inStep, target, out, outStep, width, c);
        }
    }

    @Override
    public boolean warmUp(float[] memory, Warmth warmth) {
        int width = Math.min(shape.out().shape().width(), WARM_UP_WIDTH);
        var aside = scratch.take();
        boolean isWarm = warmth.reach(WARM_NANOS, () -> row(memory, 0, 0, width, aside, 0, Lanes.COUNT));
        scratch.give(aside);
        return isWarm;
    }

    private void threeByThree(
            float[] memory, int in, int inStep, float[] target, int out, int outStep, int width, int c) {
        int low = shape.clamp().lowBits();
        int high = shape.clamp().highBits();
        int t1 = taps[1];
        int t2 = taps[2];
        int row1 = taps[3];
        int row2 = taps[6];
        int at = c * 9;
        var w0 = Lanes.load(weights, at);
        var w1 = Lanes.load(weights, at + Lanes.COUNT);
        var w2 = Lanes.load(weights, at + 2 * Lanes.COUNT);
        var w3 = Lanes.load(weights, at + 3 * Lanes.COUNT);
        var w4 = Lanes.load(weights, at + 4 * Lanes.COUNT);
        var w5 = Lanes.load(weights, at + 5 * Lanes.COUNT);
        var w6 = Lanes.load(weights, at + 6 * Lanes.COUNT);
        var w7 = Lanes.load(weights, at + 7 * Lanes.COUNT);
        var w8 = Lanes.load(weights, at + 8 * Lanes.COUNT);
        var start = Lanes.load(bias, c);
        for (int x = 0; x < width; x++) {
            int p = in + x * inStep;
            FloatVector sum = Lanes.load(memory, p).fma(w0, start);
            sum = Lanes.load(memory, p + t1).fma(w1, sum);
            sum = Lanes.load(memory, p + t2).fma(w2, sum);
            sum = Lanes.load(memory, p + row1).fma(w3, sum);
            sum = Lanes.load(memory, p + row1 + t1).fma(w4, sum);
            sum = Lanes.load(memory, p + row1 + t2).fma(w5, sum);
            sum = Lanes.load(memory, p + row2).fma(w6, sum);
            sum = Lanes.load(memory, p + row2 + t1).fma(w7, sum);
            sum = Lanes.load(memory, p + row2 + t2).fma(w8, sum);
            Lanes.clamp(sum, low, high).intoArray(target, out + x * outStep);
        }
    }

    private void anyWindow(float[] memory, int in, int inStep, float[] target, int out, int outStep, int width, int c) {
        int low = shape.clamp().lowBits();
        int high = shape.clamp().highBits();
        for (int x = 0; x < width; x++) {
            var sum = Lanes.load(bias, c);
            for (int tap = 0; tap < taps.length; tap++) {
                var w = Lanes.load(weights, c * taps.length + tap * Lanes.COUNT);
                sum = Lanes.load(memory, in + x * inStep + taps[tap]).fma(w, sum);
            }
            Lanes.clamp(sum, low, high).intoArray(target, out + x * outStep);
        }
    }
}
