package org.mobilenet4j.train.graph;

import java.util.Arrays;

/// The quantization grid of an 8-bit kernel, chosen from the minimum and maximum weight of each output channel.
final class WeightGrid {
    private static final int SYMMETRIC = 127;
    private static final int ASYMMETRIC = 255;

    private final boolean isPerChannel;
    private final boolean isSymmetric;
    private final float[] least;
    private final float[] greatest;
    private final float[] step;
    /// The least quantized value, less the zero point.
    private final int[] low;

    private final int[] high;

    /// @param isPerChannel whether each output channel has its own grid, or the kernel a single one
    /// @param isSymmetric whether grids are symmetric around zero, or span from the minimum to the maximum weight
    /// @param widest the maximum number of channels of a kernel
    WeightGrid(boolean isPerChannel, boolean isSymmetric, int widest) {
        this.isPerChannel = isPerChannel;
        this.isSymmetric = isSymmetric;
        this.least = new float[widest];
        this.greatest = new float[widest];
        this.step = new float[widest];
        this.low = new int[widest];
        this.high = new int[widest];
    }

    /// Chooses the grids of channels `from` to `to` of a kernel at `at`.
    void choose(float[] values, int at, int size, int channels, int from, int to) {
        measure(values, at, size, channels, isPerChannel ? from : 0, isPerChannel ? to : channels);
        if (!isPerChannel) {
            float smallest = 0;
            float largest = 0;
            for (int c = 0; c < channels; c++) {
                smallest = Math.min(smallest, least[c]);
                largest = Math.max(largest, greatest[c]);
            }
            Arrays.fill(least, from, to, smallest);
            Arrays.fill(greatest, from, to, largest);
        }
        for (int c = from; c < to; c++) {
            choose(c);
        }
    }

    private void measure(float[] values, int at, int size, int channels, int from, int to) {
        Arrays.fill(least, from, to, 0f);
        Arrays.fill(greatest, from, to, 0f);
        for (int row = at; row < at + size; row += channels) {
            for (int c = from; c < to; c++) {
                least[c] = Math.min(least[c], values[row + c]);
                greatest[c] = Math.max(greatest[c], values[row + c]);
            }
        }
    }

    private void choose(int c) {
        float width = isSymmetric ? Math.max(-least[c], greatest[c]) : greatest[c] - least[c];
        step[c] = width > 0 ? width / (isSymmetric ? SYMMETRIC : ASYMMETRIC) : 1;
        low[c] = isSymmetric ? -SYMMETRIC : -Math.round(-least[c] / step[c]);
        high[c] = isSymmetric ? SYMMETRIC : ASYMMETRIC + low[c];
    }

    /// Rounds each weight of channels `from` to `to` to the nearest grid value, half away from zero.
    void round(float[] values, float[] rounded, int at, int size, int channels, int from, int to) {
        for (int row = at; row < at + size; row += channels) {
            for (int c = from; c < to; c++) {
                float quotient = Math.min(Math.max(values[row + c] / step[c], low[c]), high[c]);
                rounded[row + c] = ((int) (quotient + Math.copySign(0.5f, quotient))) * step[c];
            }
        }
    }
}
